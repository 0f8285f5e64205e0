import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundleExec, generateRuby, type RubyOutput, root } from "../support/ruby.js";

// The tests themselves are Ruby's, in runtime/ruby/test: they run against what codegen makes of test/ruby/contract.
const folder = join(root, "runtime/ruby/test");
const files = [folder, join(folder, "rails")].flatMap((path) =>
  readdirSync(path)
    .filter((name) => name.endsWith("_test.rb"))
    .map((name) => join(path, name)),
);

let output: RubyOutput;
beforeAll(async () => {
  output = await generateRuby("test/ruby/contract");
});
afterAll(() => output.remove());

test("there are tests", () => {
  expect(files.length).toBeGreaterThan(5);
});

test.each(files.map((file) => [file.slice(folder.length + 1), file]))("%s", async (_, file) => {
  const { status, stdout, stderr } = await bundleExec(["ruby", "-w", file], {
    env: { SIGNALBOX_TEST_GENERATED: output.folder },
  });
  expect(stdout + stderr).toMatch(/^[1-9]\d* runs, [1-9]\d* assertions, 0 failures, 0 errors, 0 skips$/m);
  expect(status, stdout + stderr).toBe(0);
  // Ruby's warnings about our own code; gems have their own.
  expect(stderr.split("\n").filter((line) => line.startsWith(output.folder))).toEqual([]);
});
