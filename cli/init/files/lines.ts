/** Small insertions into texts of other people: their line ends and whatever else they have stay as they are. */

const byteOrderMark = "\uFEFF";

/** With their line ends. */
export function splitLines(text: string): readonly string[] {
  return text.split(/(?<=\n)/).filter((line) => line !== "");
}

/** @param at the index of the line that the new ones stand before */
export function insertLines(text: string, at: number, lines: readonly string[]): string {
  if (text.startsWith(byteOrderMark)) return byteOrderMark + insertLines(text.slice(1), at, lines);
  const end = lineEnd(text);
  const all = splitLines(text);
  const before = all.slice(0, at).join("");
  const missingEnd = before !== "" && !before.endsWith("\n") ? end : "";
  return [before, missingEnd, ...lines.map((line) => line + end), ...all.slice(at)].join("");
}

export function appendLines(text: string, lines: readonly string[]): string {
  return insertLines(text, splitLines(text).length, lines);
}

/** Appends a paragraph of its own: one blank line before it, none where the file has one there already. */
export function appendParagraph(text: string, lines: readonly string[]): string {
  const last = splitLines(text.replace(byteOrderMark, "")).at(-1) ?? "";
  const isApart = last.trim() === "";
  return appendLines(text, isApart ? lines : ["", ...lines]);
}

/** The index of the first line that a pattern fits, without its line end; -1 where none does. */
export function findLine(text: string, pattern: RegExp): number {
  return splitLines(text).findIndex((line) => pattern.test(line.replace(/\r?\n$/, "")));
}

/** Where the comment begins that stands right above a line of Ruby; the line itself where there is none. */
export function commentsAbove(text: string, at: number): number {
  const magic = /^#.*(?:frozen_string_literal|coding|warn_indent|shareable_constant_value)\s*[:=]/;
  const isComment = (line: string | undefined) =>
    line !== undefined && /^\s*#/.test(line) && !magic.test(line);
  const lines = splitLines(text);
  let first = at;
  while (isComment(lines[first - 1])) first -= 1;
  return first;
}

/** What a line begins with before anything is written. */
export function indentationOf(text: string, at: number): string {
  return /^[ \t]*/.exec(splitLines(text)[at] ?? "")?.[0] ?? "";
}

function lineEnd(text: string): string {
  return /\r?\n/.exec(text)?.[0] ?? "\n";
}
