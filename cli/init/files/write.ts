import { randomUUID } from "node:crypto";
import { chmodSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Writes a file, whole or not at all: its text comes to lie beside it first. The mode of a file that is there stays.
 *
 * @param executable for a file that is not
 * @throws Error of the file system
 */
export function writeWhole(root: string, path: string, content: string, executable = false): void {
  const target = join(root, path);
  const aside = join(dirname(target), `.signalbox-${randomUUID()}`);
  const before = statSync(target, { throwIfNoEntry: false });
  mkdirSync(dirname(target), { recursive: true });
  try {
    writeFileSync(aside, content, { flag: "wx", mode: executable ? 0o777 : 0o666 });
    if (before !== undefined) chmodSync(aside, before.mode & 0o7777);
    renameSync(aside, target);
  } finally {
    rmSync(aside, { force: true });
  }
}
