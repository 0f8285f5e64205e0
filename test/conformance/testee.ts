import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Answer, Request, Verdict } from "./protocol.js";

const folder = fileURLToPath(new URL("testees", import.meta.url));
const root = fileURLToPath(new URL("../..", import.meta.url));

/** A program that checks payloads, running. Requests are answered in their order. */
export interface Testee {
  readonly name: string;
  load(request: Omit<Extract<Request, { do: "load" }>, "do">): Promise<void>;
  check(schema: string, documents: readonly string[]): Promise<readonly Verdict[]>;
  stop(): Promise<void>;
}

function talkTo(name: string, child: ChildProcess, cleanUp: () => Promise<void>): Testee {
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error("unreachable: both are pipes");
  const waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void }[] = [];
  createInterface({ input: stdout }).on("line", (line) => waiting.shift()?.resolve(JSON.parse(line)));
  const exited = new Promise<void>((resolve) => {
    child.on("exit", (code) => {
      for (const { reject } of waiting.splice(0)) reject(new Error(`${name} ended with ${code}`));
      resolve();
    });
  });
  const ask = (request: Request) =>
    new Promise<Answer>((resolve, reject) => {
      if (child.exitCode !== null) return reject(new Error(`${name} has ended with ${child.exitCode}`));
      waiting.push({ resolve, reject });
      stdin.write(`${JSON.stringify(request)}\n`);
    });
  return {
    name,
    async load(request) {
      await ask({ do: "load", ...request });
    },
    async check(schema, documents) {
      const answer = await ask({ do: "check", schema, documents });
      if (!("verdicts" in answer)) throw new Error(`${name} gave no verdicts`);
      return answer.verdicts;
    },
    async stop() {
      stdin.end();
      await exited;
      await cleanUp();
    },
  };
}

/** A testee in TypeScript, from its source: `zod` or `gateway`. */
export async function typeScriptTestee(name: "zod" | "gateway"): Promise<Testee> {
  const output = await mkdtemp(join(root, "node_modules", ".signalbox-testee-"));
  const outfile = join(output, "testee.mjs");
  await build({
    entryPoints: [join(folder, `${name}.ts`)],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    logLevel: "warning",
  });
  const child = spawn(process.execPath, [outfile], { stdio: ["pipe", "pipe", "inherit"] });
  return talkTo(name, child, () => rm(output, { recursive: true, force: true }));
}

/** The generated Ruby, in a plain `ruby` or another command that runs a script. */
export function rubyTestee(
  name = "ruby",
  command: readonly [string, ...string[]] = ["ruby"],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Testee {
  const [file, ...args] = command;
  const child = spawn(file, [...args, join(folder, "ruby.rb")], {
    stdio: ["pipe", "pipe", "inherit"],
    ...options,
  });
  return talkTo(name, child, async () => {});
}

/** A folder for generated Ruby, gone when the test is over. */
export function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "signalbox-conformance-"));
}
