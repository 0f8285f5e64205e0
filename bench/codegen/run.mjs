// @ts-check
// `node bench/codegen/run.mjs`: the figures of docs/codegen.md. Needs `npm run build`.
import { spawnSync } from "node:child_process";
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus } from "node:os";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { pathToFileURL } from "node:url";
import { measureProcess, median } from "./measure.mjs";
import { createProject, repository } from "./project.mjs";

const command = join(repository, "bin/signalbox.js");
const cache = "node_modules/.cache/signalbox";

/** @param {string} what @param {{ wall: number, cpu: number } | string} figure */
const row = (what, figure) =>
  console.log(
    `| ${what} | ${typeof figure === "string" ? figure : `${figure.wall} ms | ${figure.cpu} ms`} |`,
  );

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "?"}\n`);
console.log("| run | wall | CPU |\n| --- | --- | --- |");

const forgetting = (/** @type {string} */ root) => () =>
  rmSync(join(root, cache), { recursive: true, force: true });
row("sample, whole process", measureProcess(5, [command, "codegen"], repository, forgetting(repository)));
measureProcess(1, [command, "codegen"], repository);
row("sample, unchanged", measureProcess(7, [command, "codegen"], repository));

for (const messages of [100, 1_000, 5_000]) {
  const root = createProject(messages);
  row(
    `${messages} messages, whole process`,
    measureProcess(messages > 1_000 ? 1 : 3, [command, "codegen"], root, forgetting(root)),
  );
  if (messages === 1_000) {
    row("1000 messages, unchanged", measureProcess(5, [command, "codegen"], root));
    row("json-schema-to-typescript, the types of 1000 messages", peer(root));
  }
  rmSync(root, { recursive: true });
}

console.log(
  `\nWatch: a rebuild of the sample takes ${await rebuild()} ms (median of 15, in a warm process).`,
);
typeCheck();

/** The nearest thing that other people use: TypeScript alone, from the JSON Schema of the same messages. @param {string} root */
function peer(root) {
  const { components } = JSON.parse(readFileSync(join(root, "out/docs/asyncapi.json"), "utf8"));
  const schema = {
    title: "Contract",
    type: "object",
    definitions: components.schemas,
    properties: Object.fromEntries(
      Object.keys(components.schemas).map((name) => [name, { $ref: `#/definitions/${name}` }]),
    ),
  };
  const text = JSON.stringify(schema).replaceAll("#/components/schemas/", "#/definitions/");
  writeFileSync(join(root, "schema.json"), text);
  const cli = join(
    dirname(createRequire(import.meta.url).resolve("json-schema-to-typescript/package.json")),
    "dist/src/cli.js",
  );
  return measureProcess(3, [cli, "schema.json", "out/peer.d.ts"], root);
}

/** What `--watch` does between a save and the new files: editing one field of the sample. */
async function rebuild() {
  const root = createProject(0);
  for (const name of ["inbox", "room", "thing"]) {
    writeFileSync(join(root, `schema/${name}.ts`), readFileSync(join(repository, `schema/${name}.ts`)));
  }
  const { runCodegen } = await import(pathToFileURL(join(repository, "dist/cli/codegen/codegen.js")).href);
  /** @type {number[]} */
  const times = [];
  for (let i = 0; i < 18; i++) {
    appendFileSync(join(root, "schema/thing.ts"), `export const note${i} = ${i};\n`);
    const started = performance.now();
    await runCodegen({
      folder: root,
      config: "signalbox.config.ts",
      mode: "write",
      format: "text",
      print() {},
      complain() {},
    });
    if (i >= 3) times.push(performance.now() - started);
  }
  rmSync(root, { recursive: true });
  return Math.round(median(times));
}

/** 500 messages as this project prints them, and as z.infer has them: what TypeScript 6 makes of each. */
function typeCheck() {
  const root = createProject(500);
  measureProcess(1, [command, "codegen"], root);
  const tsc = join(repository, "node_modules/typescript/lib/tsc.js");
  const channels = Array.from({ length: 25 }, (_, index) => index);
  const events = channels.flatMap((c) =>
    Array.from({ length: 20 }, (_, i) => ({ c, name: `message${c * 20 + i}` })),
  );
  mkdirSync(join(root, "check"));
  // Each reads three fields of each message, as a program would.
  const use = (/** @type {string} */ type) => `(m: ${type}) => [m.id, m.author.name, m.tags.length] as const`;
  writeFileSync(
    join(root, "check/generated.ts"),
    `import type * as types from "../out/server/types.js";\n${events
      .map(({ c, name }) => `export const ${name} = ${use(`types.Channel${c}${name.replace("m", "M")}`)};`)
      .join("\n")}\n`,
  );
  writeFileSync(
    join(root, "check/inferred.ts"),
    `import type { z } from "zod";\n${channels.map((c) => `import type { channel${c} } from "../schema/channel${c}.js";`).join("\n")}\n${events
      .map(
        ({ c, name }) =>
          `export const ${name} = ${use(`z.infer<typeof channel${c}.options.events.${name}>`)};`,
      )
      .join("\n")}\n`,
  );
  console.log("\n| 500 messages, TypeScript 6 | instantiations | check time |\n| --- | --- | --- |");
  for (const name of ["generated", "inferred"]) {
    console.log(`| ${name} | ${diagnostics(root, tsc, name)} |`);
  }
  rmSync(root, { recursive: true });
}

/** @param {string} root @param {string} tsc @param {string} name */
function diagnostics(root, tsc, name) {
  const config = {
    compilerOptions: {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      module: "NodeNext",
      target: "ES2022",
      lib: ["ES2023", "DOM"],
      types: [],
    },
    files: [`check/${name}.ts`],
  };
  writeFileSync(join(root, "tsconfig.json"), JSON.stringify(config));
  const { stdout: output, status } = spawnSync(process.execPath, [tsc, "-p", ".", "--extendedDiagnostics"], {
    cwd: root,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(output);
  const figure = (/** @type {string} */ label) =>
    new RegExp(`^${label}:\\s+(\\S+)`, "m").exec(output)?.[1] ?? "?";
  return `${figure("Instantiations")} | ${figure("Check time")}`;
}
