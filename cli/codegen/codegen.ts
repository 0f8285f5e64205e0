import { basename, dirname, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { recallUnchanged, remember } from "../../codegen/emit/digest.js";
import type { Plan } from "../../codegen/emit/plan.js";
import { writeChanges } from "../../codegen/emit/write.js";
import type { Generation } from "../../codegen/generate.js";
import { generatorDigest } from "../../codegen/generator-digest.js";
import { type ExitCode, exitCode } from "../exit-codes.js";
import { complaints } from "./complaints.js";
import { type ReportFormat, report } from "./report.js";
import { changesSummary } from "./summary.js";

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

/** What one run came to, and what a later one depends on. */
export interface CodegenRun {
  readonly code: ExitCode;
  readonly root: string;
  /** Files and folders whose changes matter, relative to the root. */
  readonly sources: readonly string[];
}

/**
 * Runs codegen once; a run on unchanged inputs is answered from the digests of the last one.
 *
 * @returns 1 where the contract has errors, nothing may be written, a handler file is missing, or `--check` finds a
 *   difference
 */
export async function codegen(options: CodegenOptions): Promise<ExitCode> {
  const { print, complain, format, mode } = withStreams(options);
  const started = performance.now();
  const { root, file } = locate(options);
  // A check looks at the contract itself: it is what nobody watches.
  const unchanged = mode === "check" ? null : recallUnchanged(root, file, generatorDigest());
  if (unchanged === null) return (await runCodegen(options)).code;
  if (unchanged.length > 0) complain(report(unchanged, format, root));
  print(`Up to date: nothing has changed since the last run, ${Math.round(performance.now() - started)} ms`);
  return exitCode.ok;
}

/** Runs codegen once, whatever the last run found. */
export async function runCodegen(options: CodegenOptions): Promise<CodegenRun> {
  const { print, complain, format, mode, folder, config } = withStreams(options);
  const started = performance.now();
  const { generate } = await import("../../codegen/generate.js");
  const generation = await generate(folder, config);
  const { diagnostics, result, root, missingHandlers } = generation;
  const wrong = complaints({ format, root, command: commandFor(config), complain });
  const ended = (code: ExitCode): CodegenRun => {
    wrong.end();
    return { code, root, sources: [...generation.inputs, ...generation.folders] };
  };

  if (diagnostics.length > 0) wrong.contract(diagnostics);
  if (result === null) {
    wrong.nothingGenerated();
    return ended(exitCode.failed);
  }
  const { plan } = result;
  if (plan.refusals.length > 0) {
    wrong.refused(plan.refusals);
    wrong.nothingGenerated();
    return ended(exitCode.failed);
  }
  let sound = missingHandlers.length === 0;
  switch (mode) {
    case "check":
      if (plan.changes.length > 0) wrong.drift(plan);
      else print(`Up to date: ${plan.unchanged.length} files`);
      sound &&= plan.changes.length === 0;
      break;
    case "dry-run":
      print(changesSummary(plan, false, performance.now() - started));
      break;
    case "write":
      // Also where a handler file is missing: it takes its types from what is written here.
      writeChanges(plan);
      if (sound) rememberRun(options, generation, plan);
      print(changesSummary(plan, true, performance.now() - started));
      break;
    default:
      return mode satisfies never;
  }
  if (missingHandlers.length > 0) wrong.missingHandlers(missingHandlers);
  return ended(sound ? exitCode.ok : exitCode.failed);
}

function rememberRun(
  options: CodegenOptions,
  { inputs, folders, diagnostics }: Generation,
  plan: Plan,
): void {
  const { root, file } = locate(options);
  const written = plan.changes.flatMap((change) => (change.kind === "removed" ? [] : change.path));
  const outputs = [...plan.unchanged, ...written];
  remember(root, file, { inputs, outputs, folders }, diagnostics, generatorDigest());
}

function withStreams(options: CodegenOptions) {
  return {
    ...options,
    print: options.print ?? ((text: string) => console.log(text)),
    complain: options.complain ?? ((text: string) => console.error(text)),
  };
}

/** The project is the folder of its configuration. */
function locate({ folder, config }: CodegenOptions) {
  const path = resolve(folder, config);
  return { root: dirname(path), file: basename(path) };
}

function commandFor(config: string): string {
  return config === "signalbox.config.ts"
    ? "npx signalbox codegen"
    : `npx signalbox codegen --config ${config}`;
}
