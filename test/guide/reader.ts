/** Somebody who does what a guide says, block by block, and knows nothing else. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Launched } from "../../scripts/line/processes.mjs";
import { change } from "./change.js";
import type { Section, Step } from "./guide.js";
import type { Machine } from "./machine.js";
import { Terminal } from "./terminal.js";

/** Commands that stay until somebody ends them; they stand at the end of a block. */
const stays = /^(?:bin\/dev|bin\/rails server|npx signalbox start)\b/;

/** Commands whose time is that of the packages, not of the guide. */
const installs = /^(?:gem|npm|yarn|bundle) (?:install|add)\b/;

export interface Timing {
  readonly section: string;
  readonly what: string;
  readonly ms: number;
  readonly installs: boolean;
}

export class Reader {
  readonly timings: Timing[] = [];
  readonly running = new Map<string, Launched>();
  readonly #terminal: Terminal;
  readonly #here: (script: string) => string;

  /**
   * @param folder where the reader keeps projects
   * @param here changes a script to what its reader would have to type here
   */
  constructor(machine: Machine, folder: string, here: (script: string) => string) {
    this.#terminal = new Terminal(machine, folder);
    this.#here = here;
  }

  /** The application, once the reader is in it. */
  get folder(): string {
    return this.#terminal.folder;
  }

  async follow({ title, steps }: Section): Promise<void> {
    for (const step of steps) {
      const what = step.kind === "type" ? step.script.replaceAll("\n", "; ") : `${step.kind} ${step.path}`;
      await this.#timed(title, what, () => this.#do(step)).catch((error: unknown) => {
        throw new Error(`line ${step.line} of the guide, "${title}"`, { cause: error });
      });
    }
  }

  /** What a reader does besides: looks at pages and presses buttons. */
  async look({ title }: Section, look: () => Promise<void> | void): Promise<void> {
    await this.#timed(title, "looking", look);
  }

  async #timed(section: string, what: string, act: () => Promise<void> | void): Promise<void> {
    const began = performance.now();
    await act();
    this.timings.push({ section, what, ms: performance.now() - began, installs: installs.test(what) });
  }

  async #do(step: Step): Promise<void> {
    if (step.kind === "write") return this.#write(step.path, step.text);
    if (step.kind === "change") {
      return this.#write(step.path, change(readFileSync(join(this.folder, step.path), "utf8"), step.diff));
    }
    const commands = step.script.split("\n");
    const staying = commands.filter((command) => stays.test(command));
    const output = await this.#terminal.type(
      this.#here(commands.filter((command) => !stays.test(command)).join("\n")),
    );
    for (const command of staying) {
      this.running.set(command, this.#terminal.stay(this.#here(command.replace(/ &$/, ""))));
    }
    for (const line of step.prints) expectPrinted(output, line);
  }

  #write(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }
}

/** @param line `…` in it stands for anything */
function expectPrinted(output: string, line: string): void {
  const pattern = line
    .split("…")
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join(".*");
  if (!new RegExp(`^\\s*${pattern.trim()}\\s*$`, "m").test(output)) {
    throw new Error(`the guide says that this is printed:\n${line}\nwhat is printed:\n${output}`);
  }
}
