import { createRequire } from "node:module";
import { join } from "node:path";

/** Whether code of the project finds a package, in its own folder or, in a workspace, above it. */
export function isInstalled(name: string, root: string): boolean {
  try {
    createRequire(join(root, "package.json")).resolve(`${name}/package.json`);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "MODULE_NOT_FOUND") return false;
    throw error;
  }
}
