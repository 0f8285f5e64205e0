import { readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { join, sep } from "node:path";
import { packageRoot } from "../../package-root.js";

/** `/…/node_modules/zod` of a file in it. */
export function zodFolderOf(file: string): string {
  const marker = `${sep}node_modules${sep}zod${sep}`;
  return file.slice(0, file.lastIndexOf(marker) + marker.length - 1);
}

/** The copy of zod that this package itself uses. */
export function ownZodFolder(): string {
  return zodFolderOf(realpathSync(createRequire(import.meta.url).resolve("zod")));
}

export function versionOf(folder: string): string {
  return String(manifest(folder).version);
}

/** The versions whose verdicts Ruby's side is built on: the package's peer dependency, `~4.6.7`. */
export const supportedZod: string = String(
  Reflect.get(Object(manifest(packageRoot).peerDependencies), "zod"),
);

/** Whether a version is the one that a `~` range names, or a later patch of it. */
export function isSupportedZod(version: string): boolean {
  const [major, minor, patch] = numbers(version);
  const [wantedMajor, wantedMinor, wantedPatch = 0] = numbers(supportedZod);
  return major === wantedMajor && minor === wantedMinor && (patch ?? 0) >= wantedPatch;
}

function numbers(version: string): readonly number[] {
  return (/\d+\.\d+\.\d+/.exec(version)?.[0] ?? "").split(".").map(Number);
}

function manifest(folder: string): Readonly<Record<string, unknown>> {
  return Object(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")));
}
