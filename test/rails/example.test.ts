import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, test } from "vitest";
import { chromiumOutside, gatewayOutside, type Outside } from "../support/outside.js";
import { type Finished, run } from "../support/ruby.js";
import { expectSuitePassed } from "../support/ruby-suite.js";

// The example's own suites: Minitest and RSpec with the helpers of the runtime, and system tests in Chromium against the
// real gateway. SIGNALBOX_TEST_GEMFILE and SIGNALBOX_TEST_CHROOT as in support/ruby.ts.
const app = fileURLToPath(new URL("../../examples/rails", import.meta.url));
const gemfile = process.env.SIGNALBOX_TEST_GEMFILE ?? join(app, "Gemfile");
const other = process.env.SIGNALBOX_TEST_CHROOT;

let folder: string;
let outside: readonly Outside[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "signalbox-example-"));
  if (other !== undefined) outside = await Promise.all([gatewayOutside(), chromiumOutside()]);
});
afterAll(async () => {
  await Promise.all(outside.map((each) => each.stop()));
  await rm(folder, { recursive: true, force: true });
});

/** In the example's folder, with a database of this run's own. */
function inApp(command: string, ...args: string[]): Promise<Finished> {
  const env = {
    ...Object.assign({}, ...outside.map((each) => each.env)),
    BUNDLE_GEMFILE: gemfile,
    DATABASE_URL: `sqlite3:${join(folder, "test.sqlite3")}`,
  };
  if (other === undefined) return run(command, args, { cwd: app, env });
  const enter = 'cd "$1" && shift && exec "$@"';
  return run("chroot", [other, "sh", "-c", enter, "sh", app, command, ...args], { env });
}

test("its Minitest suite passes, system tests included", async () => {
  expectSuitePassed("the example, Minitest", await inApp("ruby", "bin/rails", "test:all"));
}, 180_000);

test("its RSpec suite passes", async () => {
  expectSuitePassed("the example, RSpec", await inApp("bundle", "exec", "rspec"));
}, 120_000);
