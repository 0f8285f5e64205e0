import { createHash } from "node:crypto";

/** Beside `signalbox.config.ts`, and committed like the files that it lists. */
export const MANIFEST_FILE = ".signalbox-manifest.json";

/** What codegen wrote the last time. It decides what may be removed, and tells an edit by hand from an old output. */
export interface Manifest {
  /** Version of signalbox. It stands here once rather than in every file, so that an update is a one-line diff. */
  readonly generator: string;
  /** SHA-256 of each file's text, by its path relative to the project, with `/`. */
  readonly files: ReadonlyMap<string, string>;
}

export function sha256(content: string): string {
  return createHash("sha256").update(content).digest("hex");
}

/** The same bytes for the same files everywhere: sorted, no time, no machine. */
export function printManifest(manifest: Manifest): string {
  const files = [...manifest.files].sort(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify({ generator: manifest.generator, files: Object.fromEntries(files) }, null, 2)}\n`;
}

/** @returns `null` for a text that is no manifest (merge conflict markers, say): then nothing counts as ours */
export function parseManifest(text: string): Manifest | null {
  const value = parseJson(text);
  if (!isRecord(value) || typeof value.generator !== "string" || !isRecord(value.files)) return null;
  const files = new Map<string, string>();
  for (const [path, digest] of Object.entries(value.files)) {
    if (typeof digest !== "string") return null;
    files.set(path, digest);
  }
  return { generator: value.generator, files };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
