// @ts-check
// `npm run test:rails`: the tests of the Ruby runtime, and those of examples/rails with its system tests, on each version
// of Rails and of the Redis clients. `-- --rails 7.1` picks one. `npm test` itself runs them on 7.2.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readArguments } from "./arguments.mjs";
import { installGemsIn, TrixieMissing, withTrixie } from "./rails/trixie.mjs";
import { versionNames, versions } from "./rails/versions.mjs";
import { ensureGems, GemsMissing } from "./setup/gems.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const { rails: wanted } = readArguments({ rails: { type: "string" } });
const picked = versions.filter(({ rails }) => wanted === undefined || rails === wanted);
if (picked.length === 0) {
  console.error(`--rails takes one of ${versions.map(({ rails }) => rails).join(", ")}, not ${wanted}.`);
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), "signalbox-rails-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

/**
 * @param {import("./rails/versions.mjs").Version} version
 * @param {NodeJS.ProcessEnv} env
 * @returns {boolean} whether all has passed
 */
function runTests({ rails, gemfile }, env) {
  const { status } = spawnSync(
    join(root, "node_modules/.bin/vitest"),
    ["run", "--no-file-parallelism", "test/ruby/runtime.test.ts", "test/rails/example.test.ts"],
    {
      cwd: root,
      stdio: "inherit",
      env: {
        ...process.env,
        ...(gemfile !== null && { SIGNALBOX_TEST_GEMFILE: join(root, gemfile, "Gemfile") }),
        SIGNALBOX_TEST_COUNTS: join(folder, rails),
        ...env,
      },
    },
  );
  return status === 0;
}

/**
 * @param {import("./rails/versions.mjs").Version} version
 * @returns {boolean} whether all has passed
 */
function testOn(version) {
  const { gemfile, inTrixie } = version;
  if (gemfile === null) {
    for (const each of ["runtime/ruby", "examples/rails"]) ensureGems(each);
    return runTests(version, {});
  }
  if (!inTrixie) {
    ensureGems(gemfile);
    return runTests(version, {});
  }
  return withTrixie((trixie) => {
    installGemsIn(trixie, gemfile);
    return runTests(version, { SIGNALBOX_TEST_CHROOT: trixie, BUNDLE_PATH: join(root, "vendor/bundle") });
  });
}

/** @param {string} rails @returns {{ suite: string, tests: number }[]} what has passed */
function countsOf(rails) {
  const file = join(folder, rails);
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

/** @type {Map<string, boolean>} */
const passed = new Map();
for (const version of picked) {
  console.log(`\n— Rails ${version.rails}`);
  try {
    passed.set(version.rails, testOn(version));
  } catch (error) {
    if (!(error instanceof TrixieMissing || error instanceof GemsMissing)) throw error;
    console.error(error.message);
    passed.set(version.rails, false);
  }
}

console.log("");
for (const version of picked) {
  const counts = countsOf(version.rails);
  const total = counts.reduce((sum, { tests }) => sum + tests, 0);
  const state = passed.get(version.rails) ? "passed" : "FAILED";
  console.log(`${versionNames(root, version)}: ${state}, ${total} tests`);
  for (const { suite, tests } of counts) console.log(`  ${String(tests).padStart(4)}  ${suite}`);
}
process.exitCode = [...passed.values()].every(Boolean) ? 0 : 1;
