// @ts-check
// What the demo and the tests need on the machine besides Node, and how to see whether it is there.
import { spawnSync } from "node:child_process";
import { executablePath } from "../line/browser.mjs";

/** @typedef {"demo" | "headless" | "test"} Purpose */

/**
 * @typedef {object} Requirement
 * @property {string} name what a person calls it
 * @property {() => boolean} met
 * @property {readonly string[]} apt Debian's packages
 * @property {readonly string[]} brew Homebrew's
 * @property {readonly Purpose[]} for
 */

/** @param {string} command @param {readonly string[]} args */
const succeeds = (command, ...args) => spawnSync(command, args, { stdio: "ignore" }).status === 0;

/** @type {readonly Purpose[]} */
const always = ["demo", "headless", "test"];

/** @type {readonly Requirement[]} */
const requirements = [
  {
    name: "Ruby 3.1 or newer",
    met: () => succeeds("ruby", "-e", 'exit Gem::Version.new(RUBY_VERSION) >= Gem::Version.new("3.1")'),
    apt: ["ruby"],
    brew: ["ruby"],
    for: always,
  },
  {
    name: "Ruby's headers",
    met: () =>
      succeeds("ruby", "-e", 'exit File.exist?(File.join(RbConfig::CONFIG["rubyhdrdir"], "ruby.h"))'),
    apt: ["ruby-dev"],
    brew: ["ruby"],
    for: always,
  },
  {
    name: "Bundler",
    met: () => succeeds("bundle", "--version"),
    apt: ["bundler"],
    brew: ["ruby"],
    for: always,
  },
  {
    name: "a C compiler and make",
    met: () => succeeds("cc", "--version") && succeeds("make", "--version"),
    apt: ["build-essential"],
    brew: ["make"],
    for: always,
  },
  {
    // What Rails' gems are compiled against.
    name: "libyaml, libxml2, libxslt and libsqlite3",
    met: () => succeeds("pkg-config", "--exists", "yaml-0.1", "libxml-2.0", "libxslt", "zlib", "sqlite3"),
    apt: ["pkg-config", "libyaml-dev", "libxml2-dev", "libxslt1-dev", "zlib1g-dev", "libsqlite3-dev"],
    brew: ["pkgconf", "libyaml", "libxml2", "libxslt", "sqlite"],
    for: always,
  },
  {
    name: "libffi",
    met: () => succeeds("pkg-config", "--exists", "libffi"),
    apt: ["libffi-dev"],
    brew: ["libffi"],
    for: ["test"],
  },
  {
    name: "redis-server",
    met: () => succeeds("redis-server", "--version"),
    apt: ["redis-server"],
    brew: ["redis"],
    for: ["test"],
  },
  {
    name: "Chromium",
    met: () => succeeds(executablePath, "--version"),
    apt: ["chromium"],
    brew: ["chromium"],
    for: ["headless", "test"],
  },
  {
    name: "git",
    met: () => succeeds("git", "--version"),
    apt: ["git"],
    brew: ["git"],
    for: ["test"],
  },
];

/**
 * @param {Purpose} purpose
 * @returns {Requirement[]}
 */
export function missingFor(purpose) {
  return requirements.filter((requirement) => requirement.for.includes(purpose) && !requirement.met());
}
