import { structuredPatch } from "diff";
import { MANIFEST_FILE } from "./manifest.js";
import type { Change } from "./plan.js";

/** How many lines of a diff are shown, for one file and for all. */
const linesPerFile = 24;
const linesInAll = 120;

/**
 * A short unified diff from what is on disk to what should be. Whole files that come or go are not spelled out, nor the
 * manifest's digests.
 */
export function shortDiff(changes: readonly Change[]): string {
  const lines: string[] = [];
  for (const change of changes) {
    if (change.kind !== "changed" || change.path === MANIFEST_FILE) continue;
    const budget = Math.min(linesPerFile, linesInAll - lines.length);
    if (budget <= 0) {
      lines.push("… and more files");
      break;
    }
    lines.push(`--- ${change.path} (on disk)`, `+++ ${change.path} (generated)`);
    const hunks = diffLines(change.before, change.content);
    lines.push(...hunks.slice(0, budget));
    if (hunks.length > budget) lines.push(`… ${hunks.length - budget} more lines`);
  }
  return lines.join("\n");
}

function diffLines(before: string, after: string): string[] {
  return structuredPatch("", "", before, after, "", "", { context: 2 }).hunks.flatMap((hunk) => [
    `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`,
    ...hunk.lines,
  ]);
}
