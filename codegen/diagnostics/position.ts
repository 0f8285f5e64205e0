/** Where something is declared. `file` is relative to the project, with `/`; `line` and `column` count from 1. */
export interface SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}
