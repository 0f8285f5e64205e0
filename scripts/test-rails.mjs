// @ts-check
// `npm run test:rails`: the runtime's Ruby tests on each Rails and Redis client that has a Gemfile in
// runtime/ruby/gemfiles. `npm test` itself runs them on those of runtime/ruby/Gemfile.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { TrixieMissing, withTrixie } from "./rails/trixie.mjs";
import { ensureGems } from "./setup/gems.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const gemfiles = "runtime/ruby/gemfiles";
/** These want a newer Ruby than Debian bookworm's. */
const inTrixie = new Set(["rails-8.1"]);
/** @type {string[]} */
const failed = [];

/** @param {string} name @param {NodeJS.ProcessEnv} env */
function runTests(name, env) {
  const { status } = spawnSync(
    join(root, "node_modules/.bin/vitest"),
    ["run", "test/ruby/runtime.test.ts", ...process.argv.slice(2)],
    {
      cwd: root,
      stdio: "inherit",
      env: { ...process.env, SIGNALBOX_TEST_GEMFILE: join(root, gemfiles, name, "Gemfile"), ...env },
    },
  );
  if (status !== 0) failed.push(name);
}

/** @param {string} name @param {string} trixie */
function installInTrixie(name, trixie) {
  const install = `cd ${JSON.stringify(join(root, gemfiles, name))} && bundle install --quiet`;
  const { status } = spawnSync("chroot", [trixie, "sh", "-c", install], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, BUNDLE_PATH: join(root, "vendor/bundle"), BUNDLE_FROZEN: "true" },
  });
  if (status !== 0) throw new TrixieMissing(`bundle install failed for ${name} (status ${status})`);
}

for (const name of readdirSync(join(root, gemfiles)).sort()) {
  console.log(`\n— ${name}`);
  if (!inTrixie.has(name)) {
    ensureGems(`${gemfiles}/${name}`);
    runTests(name, {});
    continue;
  }
  try {
    withTrixie((trixie) => {
      installInTrixie(name, trixie);
      runTests(name, { SIGNALBOX_TEST_CHROOT: trixie, BUNDLE_PATH: join(root, "vendor/bundle") });
    });
  } catch (error) {
    if (!(error instanceof TrixieMissing)) throw error;
    console.error(error.message);
    failed.push(name);
  }
}

if (failed.length > 0) console.error(`Failed on: ${failed.join(", ")}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
