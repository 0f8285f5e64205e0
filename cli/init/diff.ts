import { structuredPatch } from "diff";

/** Lines around a change that show where it is. */
const context = 2;

const colours = { "+": 32, "-": 31, "@": 36 } as const;

/** A unified diff of one file, with its two headings. */
export function unifiedDiff(path: string, before: string | null, after: string, colour: boolean): string {
  const { hunks } = structuredPatch("", "", before ?? "", after, "", "", { context });
  const lines = hunks.flatMap((hunk) => [
    `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`,
    ...hunk.lines.map((line) => line.replace(/\r$/, "")),
  ]);
  return [
    `--- ${before === null ? "/dev/null" : path}`,
    `+++ ${path}`,
    ...lines.map((line) => paint(line, colour)),
  ].join("\n");
}

/** The lines that a change brings. */
export function addedLines(before: string, after: string): readonly string[] {
  const { hunks } = structuredPatch("", "", before, after, "", "", { context: 0 });
  return hunks
    .flatMap((hunk) => hunk.lines)
    .filter((line) => line.startsWith("+") && line.trim() !== "+")
    .map((line) => line.slice(1).trim());
}

function paint(line: string, colour: boolean): string {
  const sign = line[0];
  if (!colour || (sign !== "+" && sign !== "-" && sign !== "@")) return line;
  return `\u001b[${colours[sign]}m${line}\u001b[0m`;
}
