import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** `null` where there is no such file. */
export function readIfFile(path: string): string | null {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path, "utf8") : null;
}

/** Paths of the files in and below a folder, as they are after `root`; none where there is no such folder. */
export function filesBelow(root: string, folder: string): readonly string[] {
  const path = join(root, folder);
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}
