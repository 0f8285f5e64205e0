import type { Diagnostic } from "../diagnostic.js";
import type { SourcePosition } from "../position.js";

export interface TextOptions {
  readonly colour: boolean;
  /** The text of a file of the project, for the code frame; `undefined` where it cannot be read. */
  readonly source: (file: string) => string | undefined;
}

/** Whether a stream shows colours: a terminal, and nobody has said no (`NO_COLOR`, `TERM=dumb`). */
export function showsColour(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  return stream.isTTY === true && (env.NO_COLOR ?? "") === "" && env.TERM !== "dumb";
}

/**
 * For people:
 *
 *     schema/room.ts:14:9 error SB1201: z.date() has no JSON form
 *
 *       14 | at: z.date(),
 *          |       ^
 *       fix: Use wire.timestamp() or wire.date().
 */
export function reportText(diagnostics: readonly Diagnostic[], options: TextOptions): string {
  if (diagnostics.length === 0) return "";
  return `${diagnostics.map((diagnostic) => one(diagnostic, options)).join("\n\n")}\n\n${summary(diagnostics)}`;
}

const codes = { error: 31, warning: 33, note: 36, dim: 2, bold: 1 } as const;

function one(diagnostic: Diagnostic, options: TextOptions): string {
  const { position, severity, code } = diagnostic;
  const paint = (style: keyof typeof codes, text: string) =>
    options.colour ? `\u001b[${codes[style]}m${text}\u001b[0m` : text;
  const where = position === undefined ? "" : `${paint("bold", place(position))} `;
  const head = `${where}${paint(severity, `${severity} ${code}`)}: ${printable(diagnostic.message)}`;
  const frame = position === undefined ? [] : codeFrame(position, options.source);
  const lines = [head, ...frame.map((line) => paint("dim", line)), `  fix: ${printable(diagnostic.fix)}`];
  return lines.join("\n");
}

export function place({ file, line, column }: SourcePosition): string {
  return `${file}:${line}:${column}`;
}

/** Longer lines are cut around the column. */
const frameWidth = 100;

function codeFrame(position: SourcePosition, source: TextOptions["source"]): readonly string[] {
  const line = source(position.file)?.split(/\r\n|\n|\r/)[position.line - 1];
  if (line === undefined) return [];
  const column = position.column - 1;
  const start = column > frameWidth * 0.8 ? column - Math.floor(frameWidth / 2) : 0;
  const shown = printable(line.slice(start, start + frameWidth).replaceAll("\t", " "));
  const number = String(position.line);
  return [`  ${number} | ${shown}`, `  ${" ".repeat(number.length)} | ${" ".repeat(column - start)}^`];
}

/** A terminal must not be told what to do by a name in a schema. */
function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function summary(diagnostics: readonly Diagnostic[]): string {
  return (["error", "warning", "note"] as const)
    .map(
      (severity) =>
        [severity, diagnostics.filter((diagnostic) => diagnostic.severity === severity).length] as const,
    )
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => `${count} ${severity}${count === 1 ? "" : "s"}`)
    .join(", ");
}
