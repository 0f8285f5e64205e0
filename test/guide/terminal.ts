import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Launched, launch } from "../../scripts/line/processes.mjs";
import type { Machine } from "./machine.js";

/** A terminal: where a script `cd`s to and what it `export`s hold for the next one. */
export class Terminal {
  readonly #machine: Machine;
  #folder: string;
  #env: NodeJS.ProcessEnv;

  constructor(machine: Machine, folder: string) {
    this.#machine = machine;
    this.#folder = folder;
    this.#env = machine.env;
  }

  get folder(): string {
    return this.#folder;
  }

  /**
   * Types a script and waits for its end; a command that fails ends it.
   *
   * @returns what was printed
   * @throws where a command fails, with what was printed
   */
  async type(script: string): Promise<string> {
    const notes = mkdtempSync(join(tmpdir(), "signalbox-terminal-"));
    const printed = join(notes, "printed");
    const state = join(notes, "state");
    try {
      const keep = `exec > "${printed}" 2>&1\ntrap '{ pwd; env -0; } > "${state}"' EXIT\nset -e`;
      const how = await this.#start(`${keep}\n${script}`).ended;
      const output = readFileSync(printed, "utf8");
      if (how !== "ended with status 0") throw new Error(`${how}:\n${script}\n${output}`);
      const [, folder = "", variables = ""] = /^(.*?)\n(.*)$/s.exec(readFileSync(state, "utf8")) ?? [];
      this.#folder = folder;
      this.#env = Object.fromEntries(
        variables
          .split("\0")
          .filter((pair) => pair !== "")
          .map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]),
      );
      return output;
    } finally {
      rmSync(notes, { recursive: true });
    }
  }

  /** Types a command that stays. Its input stays open, as a terminal's does: esbuild ends its watch where it does not. */
  stay(command: string): Launched {
    return this.#start(`exec < <(sleep infinity)\n${command}`);
  }

  #start(script: string): Launched {
    const [file, ...args] = this.#machine.command(this.#folder, ["bash", "-c", script]);
    return launch(script, [file, ...args], { cwd: this.#folder, env: this.#env });
  }
}
