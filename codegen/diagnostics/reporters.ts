import type { Diagnostic } from "./diagnostic.js";
import { reportGithub } from "./reporters/github.js";
import { reportJson } from "./reporters/json.js";
import { reportText, type TextOptions } from "./reporters/text.js";

export { showsColour, type TextOptions } from "./reporters/text.js";

export const reporterNames = ["text", "json", "github"] as const;
export type ReporterName = (typeof reporterNames)[number];

/** The findings as one text without a last line break, in the order in which they are given. */
export function report(name: ReporterName, diagnostics: readonly Diagnostic[], options: TextOptions): string {
  switch (name) {
    case "text":
      return reportText(diagnostics, options);
    case "json":
      return reportJson(diagnostics);
    case "github":
      return reportGithub(diagnostics);
    default:
      return name satisfies never;
  }
}
