import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import configuration from "../../.dependency-cruiser.mjs";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const rules = configuration.forbidden?.map(({ name }) => name ?? "") ?? [];

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "signalbox-borders-"));
  symlinkSync(join(repository, "node_modules"), join(root, "node_modules"));
  write("tsconfig.json", '{ "compilerOptions": { "module": "NodeNext", "target": "ES2022" } }');
  write("package.json", '{ "name": "planted", "type": "module", "dependencies": { "zod": "*" } }');
  write("cli/main.ts", "export const main = 1;\n");
  write("examples/example.ts", "export const example = 1;\n");
});
afterEach(() => rmSync(root, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

interface Outcome {
  readonly status: number;
  readonly output: string;
}

function check(folder: string): Promise<Outcome> {
  const args = [join(repository, "scripts/borders.mjs"), "--root", folder];
  return new Promise((resolve) => {
    execFile(process.execPath, args, (error, stdout, stderr) => {
      resolve({ status: error ? Number(error.code) : 0, output: stdout + stderr });
    });
  });
}

/** An import that breaks a rule: in which file, and of what. */
function plantedImport(rule: string): readonly [file: string, specifier: string] {
  const name = `planted-${rules.indexOf(rule)}`;
  const folder = /^(.*)-imports-only$/.exec(rule)?.[1];
  if (folder !== undefined) {
    const target = folder === "cli" ? "examples/example.js" : "cli/main.js";
    return [`${folder}/${name}.ts`, relative(folder, target)];
  }
  const fenced = /^(.*)-is-fenced$/.exec(rule)?.[1]?.match(/[a-z]+(-morph)?/)?.[0];
  if (fenced !== undefined) return [`runtime/auth/${name}.ts`, fenced];
  const others: Readonly<Record<string, readonly [folder: string, specifier: string]>> = {
    "no-cycle": ["cli", `./${name}.js`],
    resolvable: ["cli", "./not-there.js"],
    declared: ["cli", "vitest"],
    "client-runs-in-browsers": ["runtime/client", "node:fs"],
    "contract-is-pure": ["runtime/contract", "node:fs"],
    "model-is-pure": ["codegen/model", "node:fs"],
  };
  const planted = others[rule];
  if (planted === undefined) throw new Error(`no import is planted for the rule ${rule}`);
  return [`${planted[0]}/${name}.ts`, planted[1]];
}

test("this repository keeps to its borders", async () => {
  const { status, output } = await check(repository);
  expect(output).toMatch(/^\d{2,} modules and \d{2,} imports within their borders\.$/m);
  expect(status).toBe(0);
});

test("an import planted for each rule turns the check red, and is named", async () => {
  for (const rule of rules) {
    const [file, specifier] = plantedImport(rule);
    write(file, `import "${specifier}";\n`);
  }
  const { status, output } = await check(root);
  const silent = rules.filter((rule) => {
    const [file] = plantedImport(rule);
    return !output
      .split(/^(?=\S)/m)
      .some((told) => told.startsWith(`${file} → `) && told.includes(`\n  ${rule}: `));
  });
  expect(rules.length).toBeGreaterThan(25);
  expect(silent).toEqual([]);
  expect(status).toBe(1);
});

test("a type import is an import", async () => {
  write(
    "runtime/auth/planted.ts",
    'import type { main } from "../../cli/main.js";\nexport type Main = typeof main;\n',
  );
  expect(await check(root)).toMatchObject({
    status: 1,
    output: expect.stringContaining("runtime/auth-imports-only"),
  });
});

test("without a planted import the check is green, and says how many modules it saw", async () => {
  write("runtime/auth/honest.ts", 'import { z } from "./other.js";\nexport const y = z;\n');
  write("runtime/auth/other.ts", "export const z = 1;\n");
  expect(await check(root)).toEqual({ status: 0, output: "3 modules and 1 imports within their borders.\n" });
});

test("a module that the checker does not see turns it red", async () => {
  write("runtime/auth/fixtures/unseen.ts", "export const unseen = 1;\n"); // the rules exclude fixtures/
  const { status, output } = await check(root);
  expect(output).toContain("runtime/auth/fixtures/unseen.ts was not seen by the checker");
  expect(status).toBe(1);
});

test("no module at all turns it red", async () => {
  rmSync(join(root, "cli"), { recursive: true });
  expect(await check(root)).toMatchObject({ status: 1 });
});
