import { mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Change, Plan } from "./plan.js";

/**
 * Carries a plan out: all of it or nothing. Every new text is on disk under another name before the first file changes
 * its own; if a rename fails, those before it are undone. What is unchanged is not touched, its time neither.
 *
 * @throws Error of the file system, with the disk as it was
 */
export function writeChanges(plan: Plan): void {
  if (plan.refusals.length > 0) throw new Error(plan.refusals.join("\n"));
  const staged = stage(plan);
  const done: Change[] = [];
  try {
    for (const change of plan.changes) {
      const target = join(plan.root, change.path);
      if (change.kind === "removed") rmSync(target);
      else renameSync(temporary(target), target);
      done.push(change);
    }
  } catch (error) {
    for (const change of done.reverse()) undo(plan.root, change);
    discard(staged);
    throw error;
  }
  for (const change of plan.changes) {
    if (change.kind === "removed") removeEmptyFolders(plan.root, dirname(change.path));
  }
}

function stage(plan: Plan): readonly string[] {
  const staged: string[] = [];
  try {
    for (const change of plan.changes) {
      if (change.kind === "removed") continue;
      const target = join(plan.root, change.path);
      mkdirSync(dirname(target), { recursive: true });
      staged.push(temporary(target));
      writeFileSync(temporary(target), change.content);
    }
  } catch (error) {
    discard(staged);
    throw error;
  }
  return staged;
}

/** In the same folder, so that a rename is atomic. */
function temporary(target: string): string {
  return join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
}

function discard(staged: readonly string[]): void {
  for (const file of staged) rmSync(file, { force: true });
}

function undo(root: string, change: Change): void {
  const target = join(root, change.path);
  if (change.kind === "added") rmSync(target, { force: true });
  else writeFileSync(target, change.before);
}

function removeEmptyFolders(root: string, folder: string): void {
  for (let path = folder; path !== "."; path = dirname(path)) {
    if (readdirSync(join(root, path)).length > 0) return;
    rmdirSync(join(root, path));
  }
}
