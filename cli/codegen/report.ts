import type { Diagnostic } from "../../codegen/diagnostics/diagnostic.js";

export type ReportFormat = "text" | "json" | "github";

export function report(diagnostics: readonly Diagnostic[], _format: ReportFormat): string {
  return diagnostics
    .map(({ code, severity, message, fix, position, path }) => {
      const where = position ? `${position.file}:${position.line}:${position.column}: ` : "";
      return `${where}${severity} ${code}: ${path ? `${path}: ` : ""}${message}\n  ${fix}`;
    })
    .join("\n");
}
