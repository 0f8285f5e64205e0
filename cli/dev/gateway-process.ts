import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { ChildMessage, ParentMessage } from "./child.js";
import { passOn } from "./log-lines.js";

/** A gateway that has not gone by itself after this many ms is killed. */
const graceMs = 5_000;
const childFile = fileURLToPath(new URL("./child.js", import.meta.url));

/** A gateway in a process of its own, loaded and checked; it listens once it is told to. */
export interface GatewayProcess {
  /** Resolves once it has ended, whoever ended it. */
  readonly ended: Promise<void>;
  /** @throws GatewayStartFailure where it cannot; it has ended then */
  listen(): Promise<void>;
  stop(): Promise<void>;
}

export interface GatewayProcessOptions {
  readonly root: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Ends it, as SIGTERM does. */
  readonly signal: AbortSignal;
  /** ms that each step of its start may take: code of the user's may never come to an end. */
  readonly startMs: number;
}

/** Why a gateway did not start, in its own words. */
export class GatewayStartFailure extends Error {
  override readonly name = "GatewayStartFailure";
  /** Whether a change of the project's code can mend it. */
  readonly inCode: boolean;

  constructor({ reason, inCode }: Failure) {
    super(reason);
    this.inCode = inCode;
  }
}

interface Failure {
  readonly reason: string;
  readonly inCode: boolean;
}

/**
 * Loads a gateway in a process of its own, so that nothing of the old code is left, and has it do all that can be done
 * while another one listens.
 *
 * @param bundle absolute
 * @throws GatewayStartFailure
 */
export async function loadGatewayProcess(
  bundle: string,
  { root, environment, signal, startMs }: GatewayProcessOptions,
): Promise<GatewayProcess> {
  if (signal.aborted)
    throw new GatewayStartFailure({ reason: "The gateway is not started any more.", inCode: false });
  const child = fork(childFile, [bundle, root], {
    cwd: root,
    env: environment,
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  if (child.stdout !== null) passOn(child.stdout, console.log);
  const end = () => child.kill("SIGTERM");
  signal.addEventListener("abort", end);
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve()); // it could not be started
  }).then(() => signal.removeEventListener("abort", end));

  const comesTo = async (kind: "ready" | "listening") => {
    const failure = await outcome(child, kind, startMs);
    if (failure === null) return;
    child.kill("SIGKILL");
    await ended;
    throw new GatewayStartFailure(failure);
  };
  await comesTo("ready");
  return {
    ended,
    async listen() {
      const listening = comesTo("listening");
      // What cannot be sent is to a process that has ended, which `comesTo` tells.
      child.send({ kind: "listen" } satisfies ParentMessage, () => undefined);
      await listening;
    },
    stop: () => stop(child, ended),
  };
}

/** `null` once it says so, or why it does not come to that. */
function outcome(
  child: ChildProcess,
  kind: "ready" | "listening",
  withinMs: number,
): Promise<Failure | null> {
  const done = new AbortController();
  const { signal } = done;
  const said = new Promise<Failure | null>((resolve) => {
    const hear = (message: ChildMessage) => {
      if (message.kind === "failed") resolve(message);
      else if (message.kind === kind) resolve(null);
    };
    const late = `The gateway did not start within ${withinMs / 1_000} s: does something in it wait for ever?`;
    const timer = setTimeout(() => resolve({ reason: late, inCode: true }), withinMs);
    const exit = () => resolve({ reason: "The gateway ended before it was ready.", inCode: true });
    const fail = (error: Error) => resolve({ reason: error.message, inCode: false });
    child.on("message", hear).once("exit", exit).once("error", fail);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      child.off("message", hear).off("exit", exit).off("error", fail);
    });
    if (child.exitCode !== null || child.signalCode !== null) exit();
  });
  return said.finally(() => done.abort());
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), graceMs);
  await ended;
  clearTimeout(timer);
}
