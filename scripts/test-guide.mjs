// @ts-check
// `npm run test:guide -- --js vite_rails --rails 8.1`: follows docs/getting-started.md with another bundler, or on the
// newest Rails, whose Ruby is in a Debian trixie. `npm test` follows it with importmap on Rails 7.2.
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readArguments } from "./arguments.mjs";
import { shareNode } from "./rails/node.mjs";
import { installGemsIn, TrixieMissing, withTrixie } from "./rails/trixie.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const { js, rails } = readArguments({
  js: { type: "string", default: "importmap" },
  rails: { type: "string", default: "7.2" },
});
if (rails !== "7.2" && rails !== "8.1") {
  console.error(`--rails takes 7.2 or 8.1, not ${JSON.stringify(rails)}.`);
  process.exit(2);
}

/** @param {string} file @param {readonly string[]} args @param {NodeJS.ProcessEnv} [env] */
function run(file, args, env) {
  const { status, error } = spawnSync(file, args, {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
  if (error) console.error(error.message);
  if (status !== 0) process.exitCode = status ?? 1;
  return status === 0;
}

/** What jsbundling-rails takes to install packages. Its cache takes every build of this package for the same one. */
const yarn = join(root, "tmp/yarn");
const yarnCache = join(yarn, "cache");
rmSync(yarnCache, { recursive: true, force: true });

/** @param {NodeJS.ProcessEnv} env */
const follow = (env) =>
  run(join(root, "node_modules/.bin/vitest"), ["run", "test/guide/getting-started.test.ts"], {
    SIGNALBOX_GUIDE_JS: js,
    SIGNALBOX_GUIDE_TIMES: "each",
    YARN_CACHE_FOLDER: yarnCache,
    PATH: `${join(yarn, "node_modules/.bin")}:${process.env.PATH}`,
    ...env,
  });

/** @param {string} trixie */
function followIn(trixie) {
  shareNode(trixie);
  const git =
    "command -v git >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends git; }";
  if (!run("chroot", [trixie, "sh", "-ec", git], { DEBIAN_FRONTEND: "noninteractive" })) return;
  installGemsIn(trixie, "test/guide/gems/rails-8.1");
  follow({ SIGNALBOX_GUIDE_CHROOT: trixie });
}

const isReady =
  run(process.execPath, ["scripts/setup.mjs", "--for", "test"]) &&
  run(process.execPath, ["scripts/build.mjs"]) &&
  (js !== "jsbundling" || run("npm", ["install", "--silent", "--no-save", "--prefix", yarn, "yarn@1.22.22"]));

if (isReady) {
  try {
    if (rails === "7.2") follow({});
    else withTrixie(followIn);
  } catch (error) {
    if (!(error instanceof TrixieMissing)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
