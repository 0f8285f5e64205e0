// @ts-check
// `npm run bench:publish`: what a validated publish costs in Rails beside `REDIS.publish(channel, hash.to_json)`, by
// Ruby's interpreter and with YJIT. `-- --rails 8.1` measures on that version instead of 7.2, in a root that has the Ruby
// it wants. Writes bench/results/publish.json.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadContract } from "../dist/codegen/load/index.js";
import { printEvents } from "../dist/codegen/printers/ruby/events.js";
import { readRubyRuntime } from "../dist/codegen/printers/ruby/runtime-files.js";
import { readArguments } from "../scripts/arguments.mjs";
import { freePort } from "../scripts/line/ports.mjs";
import { installGemsIn, withTrixie } from "../scripts/rails/trixie.mjs";
import { versions } from "../scripts/rails/versions.mjs";
import { ensureGems } from "../scripts/setup/gems.mjs";

/**
 * @typedef {object} Run
 * @property {string} rails
 * @property {string} ruby
 * @property {boolean | null} yjit null where this Ruby is built without it
 * @property {number} runtime_ms
 * @property {number} events_ms
 * @property {{ payload: string, bare_us: number, validated_us: number, bytes: number }[]} rows
 */

const root = fileURLToPath(new URL("..", import.meta.url));
const results = join(root, "bench/results/publish.json");
const { rails: wanted = "7.2" } = readArguments({ rails: { type: "string" } });
const version = versions.find(({ rails }) => rails === wanted);
if (version === undefined) {
  console.error(`--rails takes one of ${versions.map(({ rails }) => rails).join(", ")}, not ${wanted}.`);
  process.exit(2);
}

const { contract } = await loadContract({ schema: "bench/ruby/contract" }, root);
if (contract === null) throw new Error("the contract of the benchmark has errors");

const folder = mkdtempSync(join(tmpdir(), "signalbox-bench-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const options = { moduleName: "Events", sourceFiles: ["bench/ruby/contract/load.ts"] };
const files = [
  { path: "app/events.rb", content: printEvents(contract, options) },
  ...readRubyRuntime().map(({ path, content }) => ({ path: `signalbox/${path}`, content })),
];
for (const { path, content } of files) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

const port = await freePort(16379);
const redis = spawn("redis-server", ["--port", String(port), "--save", "", "--dir", folder], {
  stdio: ["ignore", "pipe", "inherit"],
});
process.on("exit", () => redis.kill());
await new Promise((resolve) =>
  redis.stdout.on("data", (text) => /Ready to accept/.test(text) && resolve(null)),
);

const gemfile = version.gemfile ?? "runtime/ruby";
const runs = version.inTrixie ? withTrixie(measureInTrixie) : measureHere();
redis.kill();
for (const run of runs) print(run);
const others = recorded().filter(
  ({ rails, yjit }) => !runs.some((run) => run.rails === rails && run.yjit === yjit),
);
const text = { unit: "microseconds a message, medians", runs: [...others, ...runs] };
writeFileSync(results, `${JSON.stringify(text, null, 2)}\n`);

function measureHere() {
  ensureGems(gemfile);
  return both([]);
}

/** @param {string} trixie */
function measureInTrixie(trixie) {
  installGemsIn(trixie, gemfile);
  return both(["chroot", trixie]);
}

/** @param {readonly string[]} enter the command that enters another root, if any @returns {Run[]} */
function both(enter) {
  const interpreted = measure(enter, {});
  return interpreted.yjit === null ? [interpreted] : [interpreted, measure(enter, { RUBYOPT: "--yjit" })];
}

/**
 * @param {readonly string[]} enter
 * @param {NodeJS.ProcessEnv} env
 * @returns {Run}
 */
function measure(enter, env) {
  const [file = "", ...args] = [
    ...enter,
    "sh",
    "-c",
    `cd '${root}' && exec bundle exec ruby bench/ruby/publish.rb`,
  ];
  const { stdout, status } = spawnSync(file, args, {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...process.env,
      ...env,
      BUNDLE_GEMFILE: join(root, gemfile, "Gemfile"),
      BUNDLE_PATH: join(root, "vendor/bundle"),
      SIGNALBOX_BENCH_GENERATED: folder,
      REDIS_URL: `redis://127.0.0.1:${port}/0`,
    },
  });
  if (status !== 0) process.exit(status ?? 1);
  const [setting, ...rows] = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  return { ...setting, rows };
}

/** @param {Run} run */
function print({ ruby, rails, yjit, runtime_ms, events_ms, rows }) {
  console.log(
    `\nRails ${rails}, Ruby ${ruby}${yjit ? " with YJIT" : yjit === null ? " (built without YJIT)" : ""}`,
  );
  console.log(`at boot: the runtime ${runtime_ms} ms, events.rb ${events_ms} ms (at most 20)`);
  for (const { payload, bytes, bare_us, validated_us } of rows) {
    const ratio = (validated_us / bare_us).toFixed(2);
    console.log(
      `${payload.padEnd(11)} ${bytes} bytes: bare ${bare_us} µs, validated ${validated_us} µs, × ${ratio}`,
    );
  }
  const single = rows.filter(({ payload }) => !payload.startsWith("batch"));
  const mean = Math.exp(
    single.reduce((sum, row) => sum + Math.log(row.validated_us / row.bare_us), 0) / single.length,
  );
  console.log(`geometric mean of single messages × ${mean.toFixed(2)} (at most 1.2)`);
}

/** @returns {Run[]} of other settings, from earlier runs */
function recorded() {
  return existsSync(results) ? (JSON.parse(readFileSync(results, "utf8")).runs ?? []) : [];
}
