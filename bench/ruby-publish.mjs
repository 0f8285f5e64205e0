// @ts-check
// `npm run bench:publish`: what a validated publish costs in Rails beside `REDIS.publish(channel, hash.to_json)`. Writes
// bench/results/publish.json.
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadContract } from "../dist/codegen/load/index.js";
import { printEvents } from "../dist/codegen/printers/ruby/events.js";
import { readRubyRuntime } from "../dist/codegen/printers/ruby/runtime-files.js";
import { freePort } from "../scripts/line/ports.mjs";
import { ensureGems } from "../scripts/setup/gems.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
ensureGems("runtime/ruby");
const { contract } = await loadContract({ schema: "bench/ruby/contract" }, root);
if (contract === null) throw new Error("the contract of the benchmark has errors");

const folder = mkdtempSync(join(tmpdir(), "signalbox-bench-"));
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
await new Promise((resolve) =>
  redis.stdout.on("data", (text) => /Ready to accept/.test(text) && resolve(null)),
);

const { stdout, status } = spawnSync("bundle", ["exec", "ruby", "bench/ruby/publish.rb"], {
  cwd: root,
  encoding: "utf8",
  stdio: ["ignore", "pipe", "inherit"],
  env: {
    ...process.env,
    BUNDLE_GEMFILE: join(root, "runtime/ruby/Gemfile"),
    SIGNALBOX_BENCH_GENERATED: folder,
    REDIS_URL: `redis://127.0.0.1:${port}/0`,
  },
});
redis.kill();
rmSync(folder, { recursive: true });

if (status !== 0) process.exit(status ?? 1);

const [setting, ...rows] = stdout
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));
console.log(`Ruby ${setting.ruby}, Rails ${setting.rails}`);
console.log(`at boot: the runtime ${setting.runtime_ms} ms, events.rb ${setting.events_ms} ms (at most 20)`);
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
writeFileSync(
  join(root, "bench/results/publish.json"),
  `${JSON.stringify({ unit: "microseconds a message, medians", mean: Number(mean.toFixed(2)), ...setting, rows }, null, 2)}\n`,
);
