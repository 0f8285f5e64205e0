import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chromiumOutside, type Outside } from "../support/outside.js";
import { bundleExec, generateRuby, type RubyOutput, root } from "../support/ruby.js";
import { expectSuitePassed } from "../support/ruby-suite.js";

// The tests themselves are Ruby's, in runtime/ruby/test: they run against what codegen makes of test/ruby/contract.
const folder = join(root, "runtime/ruby/test");
const filesIn = (path: string) =>
  readdirSync(path)
    .filter((name) => name.endsWith("_test.rb"))
    .map((name) => join(path, name));

let output: RubyOutput;
let chromium: Outside | undefined;
beforeAll(async () => {
  output = await generateRuby("test/ruby/contract");
  if (process.env.SIGNALBOX_TEST_CHROOT !== undefined) chromium = await chromiumOutside();
});
afterAll(async () => {
  await chromium?.stop();
  await output.remove();
});

const suites: [string, string][] = [
  ["without Rails", folder],
  ["in Rails", join(folder, "rails")],
  ["under Puma, Sidekiq and Sentinel", join(folder, "servers")],
];
// The serializers and so on are in the main Gemfile only.
if (process.env.SIGNALBOX_TEST_GEMFILE === undefined) {
  suites.push(["with the gems of teams", join(folder, "gems")]);
}

test.each(suites)(
  "%s",
  async (name, path) => {
    const files = filesIn(path);
    expect(files.length).toBeGreaterThan(0);
    const load = ["-w", "-e", "ARGV.each { |file| require file }", ...files];
    const finished = await bundleExec(["ruby", ...load], {
      env: { SIGNALBOX_TEST_GENERATED: output.folder, ...chromium?.env },
    });
    expectSuitePassed(`the runtime ${name}`, finished);
    // Ruby's warnings about our own code; gems have their own.
    expect(finished.stderr.split("\n").filter((line) => line.startsWith(output.folder))).toEqual([]);
  },
  120_000,
);
