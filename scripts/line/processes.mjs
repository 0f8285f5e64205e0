// @ts-check
// Child processes that cannot outlive us: each leads a process group of its own, and the whole group is ended.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";

const GRACE_MS = 10_000;
const KEPT_LINES = 200;

/** @type {Set<Launched>} */
const alive = new Set();

/** @param {number} group @param {NodeJS.Signals} signal */
function signalGroup(group, signal) {
  try {
    process.kill(-group, signal);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ESRCH") throw error;
  }
}

// However this process ends (but for a SIGKILL), nothing of what it has started stays.
process.on("exit", () => {
  for (const { pid } of alive) signalGroup(pid, "SIGKILL");
});

/** Ends all that is running, also what is still being started. */
export async function stopAll() {
  await Promise.all([...alive].map((launched) => launched.stop()));
}

/**
 * @typedef {object} Launched
 * @property {string} name
 * @property {number} pid leader of the process group
 * @property {readonly string[]} output the latest lines of stdout and stderr
 * @property {boolean} running
 * @property {Promise<string>} ended resolves with how it ended
 * @property {() => Promise<void>} stop SIGTERM, then SIGKILL, to the whole group
 */

/**
 * @param {string} name
 * @param {readonly [string, ...string[]]} command
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, onLine?: (line: string) => void }} options
 * @returns {Launched}
 */
export function launch(name, [file, ...args], { cwd, env, onLine }) {
  /** @type {string[]} */
  const output = [];
  const child = spawn(file, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  child.once("error", (error) => output.push(String(error)));
  const { pid } = child;
  if (pid === undefined) throw new Error(`${name} could not be started: is ${file} installed?`);
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      if (output.push(line) > KEPT_LINES) output.shift();
      onLine?.(line);
    });
  }

  let running = true;
  const ended = new Promise((resolve) => {
    child.once("exit", (code, signal) => {
      running = false;
      signalGroup(pid, "SIGKILL");
      alive.delete(launched);
      resolve(signal ? `ended by ${signal}` : `ended with status ${code}`);
    });
  });

  /** @type {Launched} */
  const launched = {
    name,
    pid,
    output,
    ended,
    get running() {
      return running;
    },
    async stop() {
      if (!running) return;
      signalGroup(pid, "SIGTERM");
      const kill = setTimeout(() => signalGroup(pid, "SIGKILL"), GRACE_MS);
      await ended;
      clearTimeout(kill);
    },
  };
  alive.add(launched);
  return launched;
}

/**
 * Waits until a launched server answers a URL with 2xx.
 *
 * @param {Launched} launched
 * @param {string} url
 * @param {number} [timeoutMs]
 */
export async function answering(launched, url, timeoutMs = 60_000) {
  const deadline = Date.now() + timeoutMs;
  while (launched.running && Date.now() < deadline) {
    const ok = await fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
      (response) => response.ok,
      () => false, // not listening yet; how it ended is told below
    );
    if (ok) return;
    await pause(50);
  }
  const how = launched.running ? `did not answer ${url} within ${timeoutMs / 1_000} s` : await launched.ended;
  throw new Error([`${launched.name} ${how}.`, ...launched.output.slice(-40)].join("\n  "));
}
