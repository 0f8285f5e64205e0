import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { isInstalled } from "../../../codegen/load/installed.js";
import { CommandError } from "../../errors.js";

export type PackageManager = "npm" | "yarn" | "pnpm" | "bun";

const lockFiles: readonly (readonly [file: string, manager: PackageManager])[] = [
  ["pnpm-lock.yaml", "pnpm"],
  ["bun.lock", "bun"],
  ["bun.lockb", "bun"],
  ["yarn.lock", "yarn"],
  ["package-lock.json", "npm"],
];

/** The application's folder and, as it may be in a workspace, those above it up to the repository's root. */
export function workspaceFolders(root: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = root; ; folder = dirname(folder)) {
    folders.push(folder);
    if (folder === dirname(folder) || existsSync(join(folder, ".git"))) return folders;
  }
}

/** By its lock file, in the application's folder or, in a workspace, above it; npm where there is none. */
export function packageManager(root: string): PackageManager {
  for (const folder of workspaceFolders(root)) {
    const found = lockFiles.find(([file]) => existsSync(join(folder, file)));
    if (found !== undefined) return found[1];
  }
  return "npm";
}

/** What brings the packages of `package.json`. */
export function installCommand(manager: PackageManager): string {
  return `${manager} install`;
}

/**
 * What the configuration and the contract import must be installed in the application: `npx` alone brings this command,
 * and not what its files need.
 *
 * @throws CommandError with the command that installs what is missing
 */
export function requirePackages(root: string): void {
  const manifest: { readonly peerDependencies: Readonly<Record<string, string>> } = createRequire(
    import.meta.url,
  )("signalbox/package.json");
  const packages = [
    { name: "signalbox", specifier: "signalbox" },
    { name: "zod", specifier: `zod@${manifest.peerDependencies.zod}` },
  ];
  const missing = packages.filter(({ name }) => !isInstalled(name, root));
  if (missing.length === 0) return;
  const verb = { npm: "npm install", yarn: "yarn add", pnpm: "pnpm add", bun: "bun add" }[
    packageManager(root)
  ];
  const names = missing.map(({ name }) => name).join(" and ");
  const command = `${verb} ${missing.map(({ specifier }) => specifier).join(" ")}`;
  throw new CommandError(
    `${names} ${missing.length === 1 ? "is" : "are"} not installed in this application. Run this, and then signalbox init again:\n  ${command}`,
  );
}
