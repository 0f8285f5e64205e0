// @ts-check
// `npm run test:rails`: the runtime's Ruby tests on each Rails and Redis client that has a Gemfile in
// runtime/ruby/gemfiles. `npm test` itself runs them on those of runtime/ruby/Gemfile.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureGems } from "./setup/gems.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const gemfiles = "runtime/ruby/gemfiles";
const failed = [];

for (const name of readdirSync(join(root, gemfiles)).sort()) {
  const folder = `${gemfiles}/${name}`;
  console.log(`\n— ${name}`);
  ensureGems(folder);
  const { status } = spawnSync(
    join(root, "node_modules/.bin/vitest"),
    ["run", "test/ruby/runtime.test.ts", ...process.argv.slice(2)],
    {
      cwd: root,
      stdio: "inherit",
      env: { ...process.env, SIGNALBOX_TEST_GEMFILE: join(root, folder, "Gemfile") },
    },
  );
  if (status !== 0) failed.push(name);
}

if (failed.length > 0) console.error(`Failed on: ${failed.join(", ")}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
