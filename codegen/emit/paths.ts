import { lstatSync, realpathSync, type Stats } from "node:fs";
import { dirname, isAbsolute, join, relative, sep } from "node:path";

/**
 * Why a path must not be written, or `null` where it may: it stays in the project, also after symbolic links, and is
 * a plain file or nothing yet.
 *
 * @param root the project's folder
 * @param path relative to it, with `/`
 */
export function refusalOf(root: string, path: string): string | null {
  if (path === "" || isAbsolute(path) || path.includes("\\") || path.includes("\0")) {
    return "it is not a relative path with /";
  }
  if (path.split("/").some((segment) => segment === ".." || segment === "." || segment === "")) {
    return "it leaves the project, or is not written in its shortest form";
  }
  const target = statOf(join(root, path));
  if (target?.isSymbolicLink()) return "it is a symbolic link";
  if (target && !target.isFile()) return "it is not a file";
  const real = relative(realpathSync(root), realpathSync(existingFolder(root, path)));
  if (real.split(sep)[0] === ".." || isAbsolute(real)) return "a symbolic link leads out of the project";
  return null;
}

/** The nearest folder above a path that is there. */
function existingFolder(root: string, path: string): string {
  let folder = dirname(join(root, path));
  while (folder !== root && statOf(folder) === null) folder = dirname(folder);
  return folder;
}

function statOf(path: string): Stats | null {
  return lstatSync(path, { throwIfNoEntry: false }) ?? null;
}
