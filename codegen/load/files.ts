import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Every TypeScript file of a folder and below, sorted, with `/`; `null` where there is no such folder. */
export function typeScriptFiles(folder: string): readonly string[] | null {
  if (!isFolder(folder)) return null;
  const found: string[] = [];
  const walk = (path: string) => {
    for (const entry of readdirSync(join(folder, path), { withFileTypes: true })) {
      const inside = path === "" ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory()) {
        if (entry.name !== "node_modules" && !entry.name.startsWith(".")) walk(inside);
      } else if (/\.[mc]?ts$/.test(entry.name) && !/\.d\.[mc]?ts$/.test(entry.name)) {
        found.push(inside);
      }
    }
  };
  walk("");
  return found.sort();
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
