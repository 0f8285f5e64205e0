// @ts-check
// `npm test`: everything that has to hold, in the order in which it fails fastest. What follows `--` goes to vitest.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readCounts } from "./test/counts.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const bin = (/** @type {string} */ name) =>
  fileURLToPath(new URL(`../node_modules/.bin/${name}`, import.meta.url));

const folder = mkdtempSync(join(tmpdir(), "signalbox-test-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const report = join(folder, "report.json");
const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];

/** @type {readonly (readonly [string, string, ...string[]])[]} */
const steps = [
  ["set-up", process.execPath, "scripts/setup.mjs", "--for", "test"],
  ["build", process.execPath, "scripts/build.mjs"],
  ["lint", "npm", "run", "--silent", "lint"],
  ["types", "npm", "run", "--silent", "typecheck"],
  ["borders", "npm", "run", "--silent", "borders"],
  ["codegen --check", process.execPath, "bin/signalbox.js", "codegen", "--check"],
  ["tests", bin("vitest"), "run", ...reporters, ...process.argv.slice(2)],
];

const began = Date.now();
const seconds = (/** @type {number} */ since) => `${((Date.now() - since) / 1_000).toFixed(1)} s`;
/** @type {string[]} */
const failed = [];

for (const [name, file, ...args] of steps) {
  console.log(`\n— ${name}`);
  const since = Date.now();
  const { status, error } = spawnSync(file, args, { cwd: root, stdio: "inherit" });
  if (error) console.error(error.message);
  console.log(`— ${name}: ${status === 0 ? "ok" : "FAILED"}, ${seconds(since)}`);
  if (status === 0) continue;
  failed.push(name);
  if (name === "set-up" || name === "build") break; // nothing after it could tell anything
}

console.log(
  failed.length === 0
    ? `\nSignalbox: all ${steps.length} steps passed in ${seconds(began)}.`
    : `\nSignalbox: FAILED (${failed.join(", ")}) after ${seconds(began)}.`,
);

// What is not a test counts as one where it fails, so that the last line never looks better than the run was.
const tests = existsSync(report) ? readCounts(report) : { passed: 0, failed: 0 };
const untold = failed.filter((name) => name !== "tests" || tests.failed === 0).length;
console.log(`\n${tests.passed} passed, ${tests.failed + untold} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;
