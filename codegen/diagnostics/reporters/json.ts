import type { Diagnostic } from "../diagnostic.js";

/** For programs: one JSON array, each finding as {@link Diagnostic} has it. */
export function reportJson(diagnostics: readonly Diagnostic[]): string {
  return JSON.stringify(diagnostics, null, 2);
}
