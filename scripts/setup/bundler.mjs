// @ts-check
// Debian bookworm's Bundler cannot start what its own `rails new` makes: it does not know that error_highlight comes with
// Ruby. The guide tells its readers to install a newer one; the test that follows it has this, in a folder of its own.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { GemsMissing } from "./gems.mjs";

const version = "2.6.9";

/** A folder of gems that holds this Bundler. */
export const bundlerFolder = fileURLToPath(
  new URL(`../../vendor/bundle/bundler-${version}`, import.meta.url),
);

/** @throws {GemsMissing} with what RubyGems said */
export function ensureBundler() {
  if (existsSync(join(bundlerFolder, "bin/bundle"))) return;
  const options = ["--version", version, "--install-dir", bundlerFolder, "--no-document"];
  const { status, output } = spawnSync("gem", ["install", "bundler", ...options], { encoding: "utf8" });
  if (status !== 0) throw new GemsMissing(`gem install bundler failed:\n${output?.join("\n") ?? "no gem"}`);
}
