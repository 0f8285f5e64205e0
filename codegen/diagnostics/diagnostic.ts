import type { DiagnosticCode } from "./catalogue.js";
import type { SourcePosition } from "./position.js";

/** One finding. Errors stop codegen and leave the disk as it was; warnings and notes are told and change nothing. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: "error" | "warning" | "note";
  /** What is wrong here, in one line: names the construct and, after a colon, why. */
  readonly message: string;
  /** What to write instead, in one line. */
  readonly fix: string;
  /** Where in the contract: `room.messagePosted.body`. */
  readonly path?: string;
  readonly position?: SourcePosition;
}
