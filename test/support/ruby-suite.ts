import { appendFileSync } from "node:fs";
import { expect } from "vitest";
import type { Finished } from "./ruby.js";

const minitest = /^([1-9]\d*) runs, [1-9]\d* assertions, 0 failures, 0 errors, 0 skips$/m;
const rspec = /^([1-9]\d*) examples?, 0 failures$/m;

/**
 * Holds a whole suite of Minitest or RSpec to have run, with nothing failed and nothing skipped. `npm run test:rails`
 * reads how many tests that were in the file that SIGNALBOX_TEST_COUNTS names.
 */
export function expectSuitePassed(suite: string, { status, stdout, stderr }: Finished): void {
  const output = stdout + stderr;
  const count = (minitest.exec(output) ?? rspec.exec(output))?.[1];
  expect(count, output).toBeDefined();
  expect(status, output).toBe(0);
  const file = process.env.SIGNALBOX_TEST_COUNTS;
  if (file !== undefined) appendFileSync(file, `${JSON.stringify({ suite, tests: Number(count) })}\n`);
}
