// @ts-check
// Gems go into vendor/bundle of this repository, one folder for all Gemfiles, and only when a lock file has changed.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const bundlePath = join(root, "vendor/bundle");

/**
 * Gems that would compile a library of their own, for minutes, where the system has it.
 *
 * @type {readonly (readonly [gem: string, flag: string])[]}
 */
const systemLibraries = [
  ["nokogiri", "--use-system-libraries"],
  ["sqlite3", "--enable-system-libraries"],
  ["ffi", "--enable-system-libffi"],
];

/** Gems that could not be installed, with what Bundler said. */
export class GemsMissing extends Error {}

/** @param {string} folder @param {readonly string[]} args */
function bundle(folder, ...args) {
  const { status, output } = spawnSync("bundle", args, {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, BUNDLE_GEMFILE: join(folder, "Gemfile"), BUNDLE_SILENCE_ROOT_WARNING: "1" },
  });
  if (status === 0) return;
  throw new GemsMissing(
    `bundle ${args.join(" ")} failed in ${folder}:\n${output?.join("\n") ?? "no bundle"}`,
  );
}

/** @param {string} folder */
function digestOf(folder) {
  const ruby = spawnSync("ruby", ["-e", "print RUBY_DESCRIPTION"], { encoding: "utf8" }).stdout;
  const hash = createHash("sha256").update(ruby).update("\0").update(bundlePath);
  for (const file of ["Gemfile", "Gemfile.lock"]) hash.update("\0").update(readFileSync(join(folder, file)));
  return hash.digest("hex");
}

/**
 * Installs the gems of one Gemfile, exactly as its lock file says. `bin/rails` and `bundle exec` in that folder find
 * them afterwards without any environment variable.
 *
 * @param {string} relative the Gemfile's folder, relative to the repository
 * @param {{ without?: string }} [options] a group that is not needed now; where it is installed already, it stays
 */
export function ensureGems(relative, { without = "" } = {}) {
  const folder = join(root, relative);
  const stamp = join(bundlePath, `${relative.replaceAll("/", "-")}.sha256`);
  const all = digestOf(folder);
  const wanted = without ? `${all} without ${without}` : all;
  const installed = existsSync(stamp) ? readFileSync(stamp, "utf8") : "";
  if (existsSync(join(folder, ".bundle/config")) && [all, wanted].includes(installed)) return;

  const patience = installed ? "" : ": the first time, this takes some minutes";
  console.log(`Installing the gems of ${relative}${patience} …`);
  bundle(folder, "config", "set", "--local", "path", bundlePath);
  bundle(folder, "config", "set", "--local", "frozen", "true");
  bundle(folder, "config", "set", "--local", "without", without);
  for (const [gem, flag] of systemLibraries) bundle(folder, "config", "set", "--local", `build.${gem}`, flag);
  bundle(folder, "install", "--quiet", "--jobs", String(availableParallelism()), "--retry", "3");

  mkdirSync(bundlePath, { recursive: true });
  writeFileSync(stamp, wanted);
}
