import { randomUUID } from "node:crypto";
import { chmodSync, linkSync, lstatSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Makes a file, whole or not at all.
 *
 * @throws Error of the file system, also where it is there meanwhile
 */
export function createFile(root: string, path: string, content: string, executable: boolean): void {
  const target = join(root, path);
  mkdirSync(dirname(target), { recursive: true });
  withAside(target, content, executable ? 0o755 : 0o644, (aside) => linkSync(aside, target));
}

/** Replaces a file's text, whole or not at all; its mode stays. @throws Error of the file system */
export function replaceFile(root: string, path: string, content: string): void {
  const target = join(root, path);
  withAside(target, content, lstatSync(target).mode & 0o7777, (aside) => renameSync(aside, target));
}

/** In the same folder, so that what puts it in its place is one step. */
function withAside(target: string, content: string, mode: number, put: (aside: string) => void): void {
  const aside = join(dirname(target), `.signalbox-${randomUUID()}`);
  try {
    writeFileSync(aside, content, { flag: "wx" });
    chmodSync(aside, mode);
    put(aside);
  } finally {
    rmSync(aside, { force: true });
  }
}
