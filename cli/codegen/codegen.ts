import { basename, dirname, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { recallUnchanged, remember } from "../../codegen/emit/digest.js";
import { writeChanges } from "../../codegen/emit/write.js";
import { generatorDigest } from "../../codegen/generator-digest.js";
import { type ExitCode, exitCode } from "../exit-codes.js";
import { type ReportFormat, report } from "./report.js";
import { changesSummary, driftSummary } from "./summary.js";

export interface CodegenOptions {
  /** Where the project is. */
  readonly folder: string;
  /** Its configuration, relative to the folder. */
  readonly config: string;
  readonly mode: "write" | "check" | "dry-run";
  readonly format: ReportFormat;
  /** Takes what is said, a text without its last line break. Default: standard output. */
  readonly print?: (text: string) => void;
  /** Takes what is wrong. Default: standard error. */
  readonly complain?: (text: string) => void;
}

/**
 * Runs codegen once.
 *
 * @returns 1 where the contract has errors, nothing may be written, or `--check` finds a difference
 */
export async function codegen(options: CodegenOptions): Promise<ExitCode> {
  const { folder, config, mode, format } = options;
  const print = options.print ?? ((text) => console.log(text));
  const complain = options.complain ?? ((text) => console.error(text));
  const started = performance.now();

  // A check looks at the contract itself: it is what nobody watches.
  const { root, file } = locate(folder, config);
  const unchanged = mode === "check" ? null : recallUnchanged(root, file, generatorDigest());
  if (unchanged !== null) {
    if (unchanged.length > 0) complain(report(unchanged, format, root));
    print(
      `Up to date: nothing has changed since the last run, ${Math.round(performance.now() - started)} ms`,
    );
    return exitCode.ok;
  }

  const { generate } = await import("../../codegen/generate.js");
  const generation = await generate(folder, config);
  const { diagnostics, result } = generation;
  if (diagnostics.length > 0) complain(report(diagnostics, format, generation.root));
  if (result === null) {
    complain("Nothing was generated.");
    return exitCode.failed;
  }
  const { plan } = result;
  if (plan.refusals.length > 0) {
    complain([...plan.refusals.map((refusal) => `error: ${refusal}`), "Nothing was generated."].join("\n"));
    return exitCode.failed;
  }
  for (const file of generation.missingHandlers) {
    complain(
      `${mode === "check" ? "error" : "warning"}: ${file} is missing: the contract needs it (docs/codegen.md)`,
    );
  }
  switch (mode) {
    case "check":
      if (plan.changes.length > 0) complain(driftSummary(plan, command(config)));
      else print(`Up to date: ${plan.unchanged.length} files`);
      return plan.changes.length > 0 || generation.missingHandlers.length > 0 ? exitCode.failed : exitCode.ok;
    case "dry-run":
      print(changesSummary(plan, false, performance.now() - started));
      return exitCode.ok;
    case "write": {
      writeChanges(plan);
      const outputs = [
        ...plan.unchanged,
        ...plan.changes.flatMap((change) => (change.kind === "removed" ? [] : change.path)),
      ];
      if (generation.missingHandlers.length === 0) {
        remember(
          root,
          file,
          { inputs: generation.inputs, outputs, folders: generation.folders },
          diagnostics,
          generatorDigest(),
        );
      }
      print(changesSummary(plan, true, performance.now() - started));
      return exitCode.ok;
    }
    default:
      return mode satisfies never;
  }
}

/** The project is the folder of its configuration. */
function locate(folder: string, config: string) {
  const path = resolve(folder, config);
  return { root: dirname(path), file: basename(path) };
}

function command(config: string): string {
  return config === "signalbox.config.ts"
    ? "npx signalbox codegen"
    : `npx signalbox codegen --config ${config}`;
}
