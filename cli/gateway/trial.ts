import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { CommandError } from "../errors.js";
import type { TrialMessage } from "./trial-child.js";

const childFile = fileURLToPath(new URL("./trial-child.js", import.meta.url));
/** Loading takes a second; code that waits for something may take some more. */
const defaultLoadMs = 20_000;

export interface TrialOptions {
  /** Absolute. */
  readonly bundle: string;
  /** How messages call it. */
  readonly shown: string;
  /** Whether to tell where an error came from. */
  readonly debug: boolean;
  /** ms after which a bundle that does not come to an end is given up. */
  readonly loadMs?: number;
}

/**
 * Loads a bundle and makes the checks that a start makes of its code: no port is opened, no broker connected to, and
 * `identify`, `connect` and handlers are not called.
 *
 * @throws CommandError in the words in which `start` would fail
 */
export async function tryBundle({
  bundle,
  shown,
  debug,
  loadMs = defaultLoadMs,
}: TrialOptions): Promise<void> {
  const child = fork(childFile, [bundle, shown], {
    env: { ...process.env, ...(debug ? { SIGNALBOX_DEBUG: "1" } : {}) },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve()).once("error", () => resolve()); // or it could not be started
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    const message = await new Promise<TrialMessage>((resolve, reject) => {
      const fail = (why: string) => reject(new CommandError(`${why}\n${whyLoaded}`));
      const late = `The gateway was not loaded within ${loadMs / 1_000} s: does something in it wait for ever?`;
      timer = setTimeout(fail, loadMs, late);
      child.once("message", resolve).once("error", reject);
      child.once("exit", () => fail("The gateway ended its process while it was loaded."));
    });
    if (message === null) return;
    throw new CommandError(message.thrown ? `${message.reason}\n${whyLoaded}` : message.reason);
  } finally {
    clearTimeout(timer);
    child.kill("SIGKILL");
    await ended;
  }
}

const whyLoaded =
  "build loads gateway.ts and the handlers, as start does, to see whether they fit the contract. Environment variables that they read as they are loaded have to be set for it, too; --no-load leaves this to start.";
