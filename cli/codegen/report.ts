import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Diagnostic } from "../../codegen/diagnostics/diagnostic.js";
import { type ReporterName, report as reportAs, showsColour } from "../../codegen/diagnostics/reporters.js";

export type ReportFormat = ReporterName;

/** Findings about the project in `root`, for standard error. */
export function report(diagnostics: readonly Diagnostic[], format: ReportFormat, root: string): string {
  return reportAs(format, diagnostics, {
    colour: showsColour(process.stderr, process.env),
    source: (file) => readSource(join(root, file)),
  });
}

/** Only for the code frame: a file that has gone in the meantime has none. */
function readSource(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
