import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";
import type { Diagnostic } from "../../../codegen/diagnostics/diagnostic.js";
import { type LoadedContract, loadContract } from "../../../codegen/load/index.js";

const repository = fileURLToPath(new URL("../../..", import.meta.url));
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A project in a temporary folder, with this repository's packages. Gone after the test file. */
export function project(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), "signalbox-model-"));
  folders.push(root);
  symlinkSync(join(repository, "node_modules"), join(root, "node_modules"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** Loads the `schema` folder of a project that has these files in it. */
export function load(files: Readonly<Record<string, string>>): Promise<LoadedContract> {
  const inSchema = Object.entries(files).map(([path, text]) => [`schema/${path}`, text]);
  return loadContract({ schema: "schema" }, project(Object.fromEntries(inSchema)));
}

export const imports = 'import { z } from "zod";\nimport { channel, wire } from "signalbox";\n';

/** A file that declares one channel `c` with one event `e`, whose schema stands on line 4. */
export function withEvent(schema: string, before = ""): string {
  return `${imports}${before}\nexport const c = channel("c", { access: "public", delivery: "ephemeral", events: { e:\n${schema} } });\n`;
}

/** `SB1201 schema/a.ts:4:3` for each finding. */
export function places(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ code, position }) =>
    position === undefined ? code : `${code} ${position.file}:${position.line}:${position.column}`,
  );
}
