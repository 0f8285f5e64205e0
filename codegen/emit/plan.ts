import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { bearsBanner } from "./banner.js";
import { MANIFEST_FILE, type Manifest, parseManifest, printManifest, sha256 } from "./manifest.js";
import { refusalOf } from "./paths.js";

/** One file as a printer made it. `path` is relative to the project, with `/`. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
}

/** One difference between what is on disk and what should be. `before` is the text on disk. */
export type Change =
  | { readonly kind: "added"; readonly path: string; readonly content: string }
  | {
      readonly kind: "changed";
      readonly path: string;
      readonly content: string;
      readonly before: string;
      /** Somebody edited it after it was generated. */
      readonly byHand: boolean;
    }
  | { readonly kind: "removed"; readonly path: string; readonly before: string };

export interface Plan {
  readonly root: string;
  /** In the order of their paths; the manifest last. */
  readonly changes: readonly Change[];
  readonly unchanged: readonly string[];
  /** Files that are no longer generated but stay, because they do not bear the banner any more. */
  readonly kept: readonly string[];
  /** Why nothing may be written, one sentence each. Empty where all is well. */
  readonly refusals: readonly string[];
}

/**
 * Compares what was generated with what is there. Reads only.
 *
 * @param generator version of signalbox, for the manifest
 * @param objections what else keeps these files from being written, a sentence each
 */
export function planChanges(
  root: string,
  files: readonly GeneratedFile[],
  generator: string,
  objections: readonly string[] = [],
): Plan {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const refusals = [
    ...objections,
    ...duplicates(sorted),
    ...sorted.flatMap((file) => refusal(root, file.path)),
  ];
  if (refusals.length > 0) return { root, changes: [], unchanged: [], kept: [], refusals };

  const listed = readManifest(root)?.files ?? new Map<string, string>();
  const strangers = sorted.filter(({ path }) => {
    const before = read(root, path);
    return before !== null && !listed.has(path) && !bearsBanner(before);
  });
  if (strangers.length > 0) {
    const sentences = strangers.map(
      ({ path }) =>
        `${path} is there already and was not generated: move it away, or change outputs in the config`,
    );
    return { root, changes: [], unchanged: [], kept: [], refusals: sentences };
  }

  const changes: Change[] = [];
  const unchanged: string[] = [];
  const compare = ({ path, content }: GeneratedFile) => {
    const before = read(root, path);
    if (before === content) unchanged.push(path);
    else if (before === null) changes.push({ kind: "added", path, content });
    else {
      const written = listed.get(path);
      changes.push({
        kind: "changed",
        path,
        content,
        before,
        byHand: written !== undefined && written !== sha256(before),
      });
    }
  };
  sorted.forEach(compare);
  const { removed, kept } = stale(root, listed, new Set(sorted.map((file) => file.path)));
  changes.push(...removed);
  compare({ path: MANIFEST_FILE, content: printManifest(manifestOf(sorted, generator)) });
  return { root, changes, unchanged, kept, refusals: [] };
}

function manifestOf(files: readonly GeneratedFile[], generator: string): Manifest {
  return { generator, files: new Map(files.map(({ path, content }) => [path, sha256(content)])) };
}

function duplicates(sorted: readonly GeneratedFile[]): string[] {
  return sorted
    .filter((file, index) => sorted[index - 1]?.path === file.path)
    .map((file) => `${file.path} would be written twice: two outputs of the config meet`);
}

function refusal(root: string, path: string): string[] {
  const reason = refusalOf(root, path);
  return reason === null ? [] : [`${path} is not written: ${reason}`];
}

function stale(root: string, listed: ReadonlyMap<string, string>, current: ReadonlySet<string>) {
  const removed: Change[] = [];
  const kept: string[] = [];
  for (const path of [...listed.keys()].sort()) {
    if (current.has(path) || refusalOf(root, path) !== null) continue;
    const before = read(root, path);
    if (before === null) continue;
    if (bearsBanner(before)) removed.push({ kind: "removed", path, before });
    else kept.push(path);
  }
  return { removed, kept };
}

function readManifest(root: string): Manifest | null {
  const text = read(root, MANIFEST_FILE);
  return text === null ? null : parseManifest(text);
}

function read(root: string, path: string): string | null {
  const file = join(root, path);
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}
