import { createRequire } from "node:module";
import { Command, CommanderError } from "commander";
import { endOnBrokenPipe } from "./broken-pipe.js";
import { registerBuild } from "./commands/build.js";
import { registerCodegen } from "./commands/codegen.js";
import { registerDev } from "./commands/dev.js";
import { registerHelp } from "./commands/help.js";
import { registerInit } from "./commands/init.js";
import { registerStart } from "./commands/start.js";
import { describeError } from "./errors.js";
import { type ExitCode, exitCode } from "./exit-codes.js";
import type { RegisterSubcommand } from "./subcommand.js";

/** In the order in which `--help` lists them. */
const subcommands: readonly RegisterSubcommand[] = [
  registerInit,
  registerCodegen,
  registerDev,
  registerBuild,
  registerStart,
  registerHelp,
];

const footer = `
Exit codes:
  0  done
  1  it could not be done: an error in the contract, drift, a missing handler file, a gateway that cannot start;
     init: something is left to be done
  2  the command line is wrong`;

/**
 * Runs the `signalbox` command.
 *
 * @param argv the arguments after the program's name
 * @returns the exit code; nothing is thrown
 */
export async function run(argv: readonly string[]): Promise<number> {
  endOnBrokenPipe();
  let code: ExitCode = exitCode.ok;
  const program = createProgram();
  for (const register of subcommands) {
    register(program, (result) => {
      code = result;
    });
  }
  try {
    if (argv.length === 0) program.help({ error: true });
    await program.parseAsync(argv, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.ok : exitCode.usage;
    process.stderr.write(`error: ${describeError(error, program.opts().debug === true)}\n`);
    return exitCode.failed;
  }
}

function createProgram(): Command {
  return new Command("signalbox")
    .description("Typed realtime for Rails: one contract, a Ruby publisher, a gateway and a browser client.")
    .usage("<command> [options]")
    .version(packageVersion(), "-V, --version", "print the version")
    .helpOption("-h, --help", "show the help")
    .option("--debug", "show where an error came from")
    .addHelpText("after", footer)
    .showHelpAfterError("(signalbox --help lists what there is)")
    .exitOverride();
}

/** The package refers to itself, so that the path is right for the sources and for `dist/`. */
function packageVersion(): string {
  const manifest: { readonly version: string } = createRequire(import.meta.url)("signalbox/package.json");
  return manifest.version;
}
