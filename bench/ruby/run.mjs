// @ts-check
// `node bench/ruby/run.mjs`: what validation costs in Ruby. Writes bench/results/ruby.json. Needs `npm run build`.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { wireNodeOf } from "../../dist/codegen/load/index.js";
import { printTypes } from "../../dist/codegen/printers/ruby/types.js";
import { payloads } from "./payloads.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "signalbox-bench-"));
const gems = {
  ...process.env,
  BUNDLE_GEMFILE: join(here, "Gemfile"),
  BUNDLE_PATH: join(here, "../../vendor/bundle"),
};

/** @param {string} name @param {import("zod").ZodType} schema */
function rubyOf(name, schema) {
  const { node, types } = wireNodeOf(schema);
  if (node === null) throw new Error(`codegen refuses ${name}`);
  const documentation = {};
  const source = { file: "", exportName: "", position: { file: "", line: 1, column: 1 } };
  const printed = printTypes({
    kind: "contract",
    zodVersion: "",
    zodProbes: "",
    fingerprint: "",
    types,
    channels: [
      {
        kind: "channel",
        name: "bench",
        identifier: "bench",
        pattern: "bench",
        segments: [],
        parameters: [],
        access: "public",
        delivery: "ephemeral",
        history: null,
        perUser: null,
        commands: [],
        presence: null,
        documentation,
        source,
        events: [{ kind: "event", name: "sent", payload: { node, fingerprint: "" }, documentation }],
      },
    ],
  });
  const type = node.kind === "reference" ? node.name : "BenchSent";
  return { text: `module ${name}\n${printed}end\n`, constant: `${name}::Types::${type}` };
}

const described = Object.entries(payloads).map(([name, { schema, value }]) => {
  const { text, constant } = rubyOf(name[0]?.toUpperCase() + name.slice(1), schema);
  return { name, text, payload: { module: constant, value, schema: z.toJSONSchema(schema) } };
});
writeFileSync(
  join(folder, "types.rb"),
  `# frozen_string_literal: true\n\n${described.map(({ text }) => text).join("\n")}`,
);
writeFileSync(
  join(folder, "payloads.json"),
  JSON.stringify(Object.fromEntries(described.map(({ name, payload }) => [name, payload]))),
);

/** @param {readonly string[]} options @param {readonly string[]} more */
const measure = (options, more = []) =>
  JSON.parse(
    execFileSync("bundle", ["exec", "ruby", ...options, join(here, "validate.rb"), folder, ...more], {
      env: gems,
      encoding: "utf8",
    }),
  );

execFileSync("bundle", ["install", "--quiet"], { env: gems, stdio: ["ignore", "inherit", "inherit"] });
const jitted = measure(["--yjit"]);
const runs = {
  plain: measure([]),
  activeSupport: measure([], ["--active-support"]),
  // A Ruby that is built without it runs as it does without the option.
  ...(jitted.yjit ? { withYjit: jitted } : {}),
};

// The newer Ruby that `npm run test:rubies` makes, where it is there.
const root = fileURLToPath(new URL("../..", import.meta.url));
const newer = join(root, "tmp/trixie");
/** @param {readonly string[]} options */
const measureNewer = (options) =>
  JSON.parse(
    execFileSync("chroot", [newer, "ruby", ...options, join(here, "validate.rb"), folder, "--without-gems"], {
      encoding: "utf8",
    }),
  );
const newerRuns = existsSync(newer) ? inNewerRuby() : {};
function inNewerRuby() {
  for (const path of [join(root, "runtime/ruby/lib"), here, folder]) {
    cpSync(path, join(newer, path), { recursive: true });
  }
  const withYjit = measureNewer(["--yjit"]);
  // Debian builds Ruby without it; then this is the same run once more.
  return { newer: measureNewer([]), ...(withYjit.yjit ? { newerWithYjit: withYjit } : {}) };
}
rmSync(folder, { recursive: true });

/** @param {(result: Record<string, number>) => number} ratio @param {{ results: Record<string, Record<string, number>> }} run */
const mean = (ratio, run) => {
  const ratios = Object.values(run.results).map(ratio);
  return Number(Math.exp(ratios.reduce((sum, each) => sum + Math.log(each), 0) / ratios.length).toFixed(2));
};
const at = (/** @type {number | undefined} */ value) => value ?? Number.NaN;
const summary = {
  "validate + generate / generate (at most 2.0)": mean(
    (r) => at(r.validate_and_generate) / at(r.generate),
    runs.plain,
  ),
  "coerce + validate + generate / generate": mean(
    (r) => at(r.coerce_validate_and_generate) / at(r.generate),
    runs.plain,
  ),
  "to_json of Active Support / (validate + generate) (at least 5)": mean(
    (r) => at(r.to_json) / at(r.validate_and_generate),
    runs.activeSupport,
  ),
  "json_schemer / validate (at least 15)": mean((r) => at(r.json_schemer) / at(r.validate), runs.plain),
};
if (runs.withYjit !== undefined) {
  Object.assign(summary, {
    "with YJIT: validate + generate / generate (at most 1.7)": mean(
      (r) => at(r.validate_and_generate) / at(r.generate),
      runs.withYjit,
    ),
  });
}
for (const [name, run] of Object.entries(newerRuns)) {
  Object.assign(summary, {
    [`${name}: validate + generate / generate`]: mean(
      (r) => at(r.validate_and_generate) / at(r.generate),
      run,
    ),
  });
}
console.table(runs.plain.results);
console.table(runs.activeSupport.results);
console.table(summary);
writeFileSync(
  join(here, "../results/ruby.json"),
  `${JSON.stringify({ unit: "nanoseconds a call, geometric means of ratios", summary, runs: { ...runs, ...newerRuns } }, null, 2)}\n`,
);
