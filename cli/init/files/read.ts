import { readdirSync, readFileSync, type Stats, statSync } from "node:fs";
import { join } from "node:path";

/** `null` where there is no such file. */
export function readIfFile(path: string): string | null {
  return statOf(path)?.isFile() ? readFileSync(path, "utf8") : null;
}

/** Paths of the files in and below a folder, as they are after `root`; none where there is no such folder. */
export function filesBelow(root: string, folder: string): readonly string[] {
  const path = join(root, folder);
  if (!statOf(path)?.isDirectory()) return [];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}

/** `null` where there is nothing, also because what stands above is a file. */
function statOf(path: string): Stats | null {
  try {
    return statSync(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")) {
      return null;
    }
    throw error;
  }
}
