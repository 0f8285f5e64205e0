import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Folder of this package: the same whether the source or `dist/` runs. For files that are read, not imported. */
export const packageRoot: string = find(dirname(fileURLToPath(import.meta.url)));

function find(folder: string): string {
  const manifest = join(folder, "package.json");
  if (existsSync(manifest) && JSON.parse(readFileSync(manifest, "utf8")).name === "signalbox") return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error("signalbox: its own package.json is missing");
  return find(parent);
}
