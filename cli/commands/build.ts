import type { RegisterSubcommand } from "../subcommand.js";

interface BuildFlags {
  readonly config: string;
  readonly outfile: string;
  readonly load: boolean;
}

/** `signalbox build`: one file that plain Node runs. */
export const registerBuild: RegisterSubcommand = (program, finish) => {
  program
    .command("build")
    .description("check what is generated, bundle the gateway for production, and check that it can start")
    .option("-c, --config <file>", "the project's configuration", "signalbox.config.ts")
    .option("-o, --outfile <file>", "where the bundle goes, within the project", "dist/gateway.mjs")
    .option("--no-load", "do not load it to see whether a gateway starts with it: start will find out")
    .addHelpText("after", "\nRun it with `signalbox start`, beside the node_modules that it was built with.")
    .action(async ({ config, outfile, load }: BuildFlags) => {
      const { build } = await import("../gateway/build.js");
      finish(await build({ configFile: config, outfile, load, debug: program.opts().debug === true }));
    });
};
