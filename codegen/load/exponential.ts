import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { WrittenPattern } from "../model/build/patterns.js";

export async function exponentialPatterns(
  _written: readonly WrittenPattern[],
): Promise<readonly Diagnostic[]> {
  return [];
}
