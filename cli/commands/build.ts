import type { RegisterSubcommand } from "../subcommand.js";

interface BuildFlags {
  readonly config: string;
  readonly outfile: string;
}

/** `signalbox build`: one file that plain Node runs. */
export const registerBuild: RegisterSubcommand = (program, finish) => {
  program
    .command("build")
    .description("check what is generated and bundle the gateway for production")
    .option("-c, --config <file>", "the project's configuration", "signalbox.config.ts")
    .option("-o, --outfile <file>", "where the bundle goes, within the project", "dist/gateway.mjs")
    .addHelpText("after", "\nRun it with `signalbox start`, beside the node_modules that it was built with.")
    .action(async ({ config, outfile }: BuildFlags) => {
      const { build } = await import("../gateway/build.js");
      finish(await build(config, outfile));
    });
};
