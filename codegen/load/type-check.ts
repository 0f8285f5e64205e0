import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import { isInstalled } from "./installed.js";

/**
 * The command that shows what TypeScript finds in a file of the project: by the `tsconfig.json` next above it, which need
 * not be in the project's root.
 *
 * @param file relative to the root, with `/`
 * @returns `null` without one, and without a compiler: npx would offer another package, which is called `tsc`
 */
export function typeCheckCommand(file: string, root: string): string | null {
  if (!isInstalled("typescript", root)) return null;
  for (let folder = posix.dirname(file); ; folder = posix.dirname(folder)) {
    if (existsSync(join(root, folder, "tsconfig.json")))
      return folder === "." ? "npx tsc --noEmit" : `npx tsc --noEmit -p ${folder}`;
    if (folder === ".") return null;
  }
}
