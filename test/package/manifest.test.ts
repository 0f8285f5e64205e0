/** What npm would publish, judged by the tools that judge packages. */
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pack, repository } from "./pack.js";

const run = promisify(execFile);
const manifest: { readonly exports: object } = JSON.parse(
  readFileSync(join(repository, "package.json"), "utf8"),
);

let folder: string;
let tarball: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "signalbox-pack-"));
  tarball = await pack(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

test("publint has nothing to say", async () => {
  const { messages, pkg } = await publint({ pkgDir: repository, strict: true, pack: "npm" });
  expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
});

// ESM only: `require` of an ES module works on every Node that `engines` allows, and CommonJS types would be untrue.
test("the types resolve in every entry point (ESM only)", async () => {
  const attw = join(repository, "node_modules/.bin/attw");
  const { stdout } = await run(attw, [tarball, "--profile", "esm-only", "--format", "json"]);
  const report: {
    readonly analysis: { readonly entrypoints: object };
    readonly problems?: Readonly<Record<string, readonly { readonly resolutionKind?: string }[]>>;
  } = JSON.parse(stdout);
  expect(Object.keys(report.analysis.entrypoints).sort()).toEqual(Object.keys(manifest.exports).sort());
  const ignored = ["node10", "node16-cjs"]; // what the profile leaves out, and the report still lists
  const problems = Object.values(report.problems ?? {}).flat();
  expect(problems.filter(({ resolutionKind }) => !ignored.includes(resolutionKind ?? ""))).toEqual([]);
});

test("it holds what the command and the runtime need, and no sources, tests or build state", async () => {
  const { stdout } = await run("tar", ["-tzf", tarball]);
  const files = stdout
    .trim()
    .split("\n")
    .map((file) => file.replace(/^package\//, ""));
  for (const needed of [
    "package.json",
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
    "bin/signalbox.js",
    "dist/cli/main.js",
  ]) {
    expect(files).toContain(needed);
  }
  const folders = new Set(files.filter((file) => file.includes("/")).map((file) => file.split("/")[0]));
  expect([...folders].sort()).toEqual(["bin", "codegen", "dist", "docs", "runtime"]);
  expect(files.filter((file) => /\.test\.|tsbuildinfo|(?<!\.d)\.ts$|\.env|\.log$/.test(file))).toEqual([]);
});
