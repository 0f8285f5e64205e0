import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { MANIFEST_FILE, sha256 } from "./manifest.js";

/**
 * What a run depended on and what it left, by digest, so that the next run can say "nothing changed" without executing
 * the schema. It lives in a cache that may be deleted at any time, and is believed only where every input *and* every
 * output still has its digest. `--check` does not use it.
 */
interface Remembered {
  readonly configFile: string;
  /** Digest of signalbox itself. */
  readonly generator: string;
  /** SHA-256 by path, `null` for a file that was not there. */
  readonly files: Readonly<Record<string, string | null>>;
  /** Names of the files in and below a folder. */
  readonly folders: Readonly<Record<string, readonly string[]>>;
  /** What the run found to tell, to be told again. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Files of a project on which a contract can depend without importing them. */
const ambientFiles = [
  "package.json",
  "package-lock.json",
  "pnpm-lock.yaml",
  "yarn.lock",
  "bun.lock",
  "tsconfig.json",
  "node_modules/zod/package.json",
];

export interface RunFiles {
  /** Relative to the project: the config, the contract and all that they import. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Whose list of files matters: a new file in them changes the result. */
  readonly folders: readonly string[];
}

/** Remembers a run that has just left everything up to date. Does nothing where there is no `node_modules` to keep it. */
export function remember(
  root: string,
  configFile: string,
  { inputs, outputs, folders }: RunFiles,
  diagnostics: readonly Diagnostic[],
  generator: string,
): void {
  if (!existsSync(join(root, "node_modules"))) return;
  const paths = [...new Set([...inputs, ...outputs, MANIFEST_FILE, ...ambientFiles])].sort();
  const remembered: Remembered = {
    configFile,
    generator,
    files: Object.fromEntries(paths.map((path) => [path, digestOf(join(root, path))])),
    folders: Object.fromEntries(folders.map((folder) => [folder, listing(join(root, folder))])),
    diagnostics,
  };
  const file = cacheFile(root);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, JSON.stringify(remembered));
}

/** @returns what the remembered run had to tell, or `null` where anything is different or unknown */
export function recallUnchanged(
  root: string,
  configFile: string,
  generator: string,
): readonly Diagnostic[] | null {
  const remembered = read(cacheFile(root));
  if (remembered?.configFile !== configFile || remembered.generator !== generator) return null;
  for (const [path, digest] of Object.entries(remembered.files)) {
    if (digestOf(join(root, path)) !== digest) return null;
  }
  for (const [folder, names] of Object.entries(remembered.folders)) {
    if (listing(join(root, folder)).join("\n") !== names.join("\n")) return null;
  }
  return remembered.diagnostics;
}

function cacheFile(root: string): string {
  return join(root, "node_modules/.cache/signalbox/codegen.json");
}

/** A cache that cannot be read is no cache. */
function read(file: string): Remembered | null {
  if (!existsSync(file)) return null;
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

/** `null` where there is no such file. */
export function digestOf(file: string): string | null {
  return existsSync(file) ? sha256(readFileSync(file, "utf8")) : null;
}

/** Names of the files in and below a folder, sorted. */
export function listing(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}
