import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { refusalOf } from "../../../codegen/emit/paths.js";

/** A file of the application as it is on disk. */
export type Target =
  | { readonly kind: "absent" }
  /** `refusal`: why it must not be written, a part of a sentence; its text can be read nevertheless. */
  | { readonly kind: "text"; readonly text: string; readonly refusal: string | null }
  | { readonly kind: "unreadable"; readonly refusal: string };

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * @param root the application's folder
 * @param path relative to it, with `/`
 */
export function readTarget(root: string, path: string): Target {
  try {
    return read(root, path);
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    if (error.code === "ERR_ENCODING_INVALID_ENCODED_DATA")
      return { kind: "unreadable", refusal: "it is not UTF-8" };
    return { kind: "unreadable", refusal: `it cannot be read (${error.code})` };
  }
}

function read(root: string, path: string): Target {
  const refusal = refusalOf(root, path);
  const file = join(root, path);
  const stat = lstatSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return refusal === null ? { kind: "absent" } : { kind: "unreadable", refusal };
  if (!stat.isFile() && !stat.isSymbolicLink()) return { kind: "unreadable", refusal: "it is not a file" };
  const text = utf8.decode(readFileSync(file));
  const isReadOnly = stat.isFile() && (stat.mode & 0o222) === 0;
  return { kind: "text", text, refusal: refusal ?? (isReadOnly ? "it is read-only" : null) };
}
