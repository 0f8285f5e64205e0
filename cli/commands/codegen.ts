import { type Command, Option } from "commander";
import type { ReportFormat } from "../codegen/report.js";
import type { RegisterSubcommand } from "../subcommand.js";

interface CodegenFlags {
  readonly config: string;
  readonly check?: true;
  readonly dryRun?: true;
  readonly watch?: true;
  readonly format: ReportFormat;
}

/** `signalbox codegen`: contract → Ruby, server, client and documents. */
export const registerCodegen: RegisterSubcommand = (program: Command, finish) => {
  program
    .command("codegen")
    .description("generate Ruby, the gateway's types, the browser client and the documents from the contract")
    .option("-c, --config <file>", "the project's configuration", "signalbox.config.ts")
    .addOption(
      new Option(
        "--check",
        "write nothing; end with 1 where the files are not what would be written",
      ).conflicts(["dryRun", "watch"]),
    )
    .addOption(new Option("--dry-run", "write nothing; say what would be written").conflicts("watch"))
    .option("-w, --watch", "generate again on each change of the contract")
    .addOption(
      new Option("--format <format>", "how findings are told")
        .choices(["text", "json", "github"])
        .default("text"),
    )
    .addHelpText(
      "after",
      "\nNothing is written where the contract is wrong; what has not changed is not touched.",
    )
    .action(async ({ config, check, dryRun, watch, format }: CodegenFlags) => {
      const mode = check ? "check" : dryRun ? "dry-run" : "write";
      const options = { folder: process.cwd(), config, mode, format } as const;
      if (watch) {
        const { watchCodegen } = await import("../codegen/watch.js");
        const { untilParentEnds } = await import("../gateway/until-parent-ends.js");
        const { untilSignal } = await import("../gateway/until-signal.js");
        await watchCodegen(options, Promise.race([untilSignal(), untilParentEnds()]));
        return;
      }
      const { codegen } = await import("../codegen/codegen.js");
      finish(await codegen(options));
    });
};
