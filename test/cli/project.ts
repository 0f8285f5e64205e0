import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const bin = join(repository, "bin/signalbox.js");

/** A project as users have one, with this package as it was built. */
export class Project {
  readonly root = mkdtempSync(join(tmpdir(), "signalbox-project-"));

  constructor() {
    mkdirSync(join(this.root, "node_modules"));
    symlinkSync(repository, join(this.root, "node_modules/signalbox"));
    symlinkSync(join(repository, "node_modules/zod"), join(this.root, "node_modules/zod"));
    mkdirSync(join(this.root, "node_modules/.bin"));
    symlinkSync(bin, join(this.root, "node_modules/.bin/signalbox"));
    for (const [file, text] of Object.entries(files)) this.write(file, text);
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.root, file)), { recursive: true });
    writeFileSync(join(this.root, file), text);
  }

  remove(file: string): void {
    rmSync(join(this.root, file), { recursive: true });
  }

  delete(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

export const schema = (limit: number) => `
import { z } from "zod";
import { channel } from "signalbox";
export const thing = channel("thing", {
  access: "public",
  delivery: "ephemeral",
  events: { updated: z.object({ contents: z.string().max(${limit}) }) },
  commands: { touch: { input: z.object({}), output: z.object({ by: z.string() }) } },
});
`;

export const handlers = (by: string) => `
import { handlers } from "../generated/server/handlers.js";
export default handlers.thing({ commands: { touch: async () => ({ by: ${JSON.stringify(by)} }) } });
`;

const files = {
  "package.json": '{ "type": "module", "private": true }',
  "schema/thing.ts": schema(100),
  "handlers/thing.ts": handlers("first"),
  "gateway.ts": `
import { defineGateway, session } from "signalbox/gateway";
export default defineGateway({ origins: [], identify: session("user_id") });
`,
  "signalbox.config.ts": `
import { defineConfig } from "signalbox";
export default defineConfig({
  schema: "schema",
  handlers: "handlers",
  gateway: "gateway.ts",
  outputs: { ruby: "generated/events.rb", client: "generated/client", server: "generated/server" },
});
`,
} as const;

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A `signalbox` process. What it says can be waited for. */
export class Run {
  readonly process: ChildProcess;
  readonly ended: Promise<Outcome>;
  #stdout = "";
  #stderr = "";
  #heard = () => {};

  /** @param through what starts it, instead of Node: `npx` */
  constructor(
    cwd: string,
    args: readonly string[],
    environment: NodeJS.ProcessEnv = {},
    through: readonly [string, ...string[]] = [process.execPath, bin],
  ) {
    // Nothing of the surrounding environment but what a program needs to be found.
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...environment };
    const [program, ...before] = through;
    this.process = spawn(program, [...before, ...args], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    this.process.stdout?.on("data", (chunk) => {
      this.#stdout += chunk;
      this.#heard();
    });
    this.process.stderr?.on("data", (chunk) => {
      this.#stderr += chunk;
      this.#heard();
    });
    this.ended = once(this.process, "close").then(([code]) => {
      this.#heard();
      return { code, stdout: this.#stdout, stderr: this.#stderr };
    });
  }

  get output(): string {
    return this.#stdout + this.#stderr;
  }

  /** Waits until it has said this, `times` times. @throws Error where it ends without */
  async says(text: string | RegExp, times = 1): Promise<string> {
    const pattern = new RegExp(
      typeof text === "string" ? text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&") : text.source,
      "g",
    );
    for (;;) {
      const found = this.output.match(pattern) ?? [];
      const last = found.at(times - 1);
      if (last !== undefined) return last;
      if (this.process.exitCode !== null || this.process.signalCode !== null) {
        throw new Error(`It ended without saying ${pattern}:\n${this.output}`);
      }
      await new Promise<void>((resolve) => {
        this.#heard = resolve;
      });
    }
  }

  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<Outcome> {
    this.process.kill(signal);
    return this.ended;
  }
}

/** What is left of a run's processes: their ids. */
export function processesIn(root: string): string[] {
  return readdirSync("/proc")
    .filter((pid) => /^\d+$/.test(pid))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(root);
      } catch {
        return false; // it has ended meanwhile
      }
    });
}

/** Runs `signalbox` to its end. */
export function signalbox(
  cwd: string,
  args: readonly string[],
  environment?: NodeJS.ProcessEnv,
): Promise<Outcome> {
  return new Run(cwd, args, environment).ended;
}

/** `NODE_OPTIONS` under which a process tells which packages it loads. */
export const tellPackages = `--import ${new URL("tell-packages.mjs", import.meta.url)}`;

export function loadedPackages(output: string): readonly string[] {
  return [...new Set(output.match(/(?<=^loaded )\S+/gm))].sort();
}
