// @ts-check
// The versions of Rails that are tested, and what else each brings.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * @typedef {object} Version
 * @property {string} rails
 * @property {string | null} gemfile the folder of its Gemfile; null: runtime/ruby and examples/rails have their own
 * @property {boolean} inTrixie it wants a newer Ruby than Debian bookworm's
 */

/** @type {readonly Version[]} */
export const versions = [
  { rails: "7.0", gemfile: "runtime/ruby/gemfiles/rails-7.0", inTrixie: false },
  { rails: "7.1", gemfile: "runtime/ruby/gemfiles/rails-7.1", inTrixie: false },
  { rails: "7.2", gemfile: null, inTrixie: false },
  { rails: "8.1", gemfile: "runtime/ruby/gemfiles/rails-8.1", inTrixie: true },
];

/**
 * @param {string} root
 * @param {Version} version
 * @returns {string} what its lock file has: `Rails 7.0.10, redis 4.8.1, redis-client 0.31.0`
 */
export function versionNames(root, { gemfile }) {
  const lock = readFileSync(join(root, gemfile ?? "runtime/ruby", "Gemfile.lock"), "utf8");
  const names = ["rails", "redis", "redis-client"].flatMap((gem) => {
    const version = new RegExp(`^ {4}${gem} \\((\\S+)\\)$`, "m").exec(lock)?.[1];
    return version === undefined ? [] : [`${gem} ${version}`];
  });
  return names.join(", ").replace("rails", "Rails");
}
