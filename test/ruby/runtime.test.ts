import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundleExec, generateRuby, type RubyOutput, root } from "../support/ruby.js";

// The tests themselves are Ruby's, in runtime/ruby/test: they run against what codegen makes of test/ruby/contract.
const folder = join(root, "runtime/ruby/test");
const filesIn = (path: string) =>
  readdirSync(path)
    .filter((name) => name.endsWith("_test.rb"))
    .map((name) => join(path, name));

let output: RubyOutput;
beforeAll(async () => {
  output = await generateRuby("test/ruby/contract");
});
afterAll(() => output.remove());

const suites: [string, string][] = [
  ["without Rails", folder],
  ["in Rails", join(folder, "rails")],
];
// Puma, Sidekiq and the serializers are in the main Gemfile only.
if (process.env.SIGNALBOX_TEST_GEMFILE === undefined) {
  suites.push(["under Puma, Sidekiq and Sentinel", join(folder, "servers")]);
  suites.push(["with the gems of teams", join(folder, "gems")]);
}

test.each(suites)(
  "%s",
  async (_, path) => {
    const files = filesIn(path);
    expect(files.length).toBeGreaterThan(0);
    const load = ["-w", "-e", "ARGV.each { |file| require file }", ...files];
    const { status, stdout, stderr } = await bundleExec(["ruby", ...load], {
      env: { SIGNALBOX_TEST_GENERATED: output.folder },
    });
    expect(stdout + stderr).toMatch(/^[1-9]\d* runs, [1-9]\d* assertions, 0 failures, 0 errors, 0 skips$/m);
    expect(status, stdout + stderr).toBe(0);
    // Ruby's warnings about our own code; gems have their own.
    expect(stderr.split("\n").filter((line) => line.startsWith(output.folder))).toEqual([]);
  },
  120_000,
);
