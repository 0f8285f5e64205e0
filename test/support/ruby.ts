import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadContract } from "../../codegen/load/index.js";
import type { ContractNode } from "../../codegen/model/nodes.js";
import { printEvents } from "../../codegen/printers/ruby/events.js";
import { printRbs } from "../../codegen/printers/ruby/rbs.js";
import { readRubyRuntime, readRubySignatures } from "../../codegen/printers/ruby/runtime-files.js";

export const root = fileURLToPath(new URL("../..", import.meta.url));

export interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a command to its end. */
export async function run(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Finished> {
  const child = spawn(command, args, {
    cwd: options.cwd ?? root,
    env: { ...process.env, ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (text: string) => {
      output[stream] += text;
    });
  }
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  return { status, ...output };
}

/** Plain Ruby, with its standard library only. */
export function ruby(args: readonly string[], options?: RunOptions): Promise<Finished> {
  return run("ruby", args, options);
}

/**
 * A command with the gems of `runtime/ruby/Gemfile`, which `npm run setup` installs. `npm run test:rails` names another
 * Gemfile in SIGNALBOX_TEST_GEMFILE, and where it wants another Ruby, a root to run in in SIGNALBOX_TEST_CHROOT.
 */
export function bundleExec(args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const gemfile = process.env.SIGNALBOX_TEST_GEMFILE ?? join(root, "runtime/ruby/Gemfile");
  const environment = { ...options, env: { BUNDLE_GEMFILE: gemfile, ...options.env } };
  const other = process.env.SIGNALBOX_TEST_CHROOT;
  return other === undefined
    ? run("bundle", ["exec", ...args], environment)
    : run("chroot", [other, "bundle", "exec", ...args], environment);
}

/** A folder with what codegen writes for Ruby. */
export interface RubyOutput {
  readonly folder: string;
  readonly contract: ContractNode;
  remove(): Promise<void>;
}

/**
 * Loads a schema folder of this repository and writes `app/events.rb`, `signalbox/` and `sig/` into a new folder.
 *
 * @throws where the contract has an error
 */
export async function generateRuby(schema: string): Promise<RubyOutput> {
  const { contract, diagnostics } = await loadContract({ schema }, root);
  if (contract === null) throw new Error(`${schema} has errors: ${JSON.stringify(diagnostics, null, 2)}`);
  const folder = await mkdtemp(join(tmpdir(), "signalbox-ruby-"));
  const options = { moduleName: "Events", sourceFiles: [`${schema}/*.ts`] };
  const files = [
    { path: "app/events.rb", content: printEvents(contract, options) },
    { path: "sig/events.rbs", content: printRbs(contract, options) },
    ...readRubyRuntime().map(({ path, content }) => ({ path: `signalbox/${path}`, content })),
    ...readRubySignatures().map(({ path, content }) => ({ path: `sig/${path}`, content })),
  ];
  for (const { path, content } of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return { folder, contract, remove: () => rm(folder, { recursive: true }) };
}
