import type { Diagnostic } from "../diagnostic.js";

/** What is wrong with files as a whole: of the same form as a {@link Diagnostic}, but nothing of the contract is wrong. */
export interface FileFinding {
  /** `drift`: not what would be generated. `handlers`: a file that the contract needs. `output`: it must not be written. */
  readonly code: "drift" | "handlers" | "output";
  readonly severity: "error";
  readonly message: string;
  readonly fix: string;
  /** The file, which need not be there; absent where the message alone names it. */
  readonly position?: { readonly file: string };
}

/** For programs: one JSON array, each finding as its type has it. */
export function reportJson(findings: readonly (Diagnostic | FileFinding)[]): string {
  return JSON.stringify(findings, null, 2);
}
