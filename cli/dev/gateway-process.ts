import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { ChildMessage } from "./child.js";
import { passOn } from "./log-lines.js";

/** A gateway that has not gone by itself after this many ms is killed. */
const graceMs = 5_000;
const childFile = fileURLToPath(new URL("./child.js", import.meta.url));

export interface GatewayProcess {
  /** Resolves once it has ended, whoever ended it. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Why a gateway did not start, in its own words. */
export class GatewayStartFailure extends Error {
  override readonly name = "GatewayStartFailure";
}

/**
 * Starts a gateway in a process of its own, so that a restart leaves nothing of the old code behind.
 *
 * @param bundle absolute
 * @param signal ends it, as SIGTERM does
 * @throws GatewayStartFailure
 */
export async function startGatewayProcess(
  bundle: string,
  root: string,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<GatewayProcess> {
  if (signal.aborted) throw new GatewayStartFailure("The gateway is not started any more.");
  const child = fork(childFile, [bundle, root], {
    cwd: root,
    env: environment,
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  if (child.stdout !== null) passOn(child.stdout, console.log);
  const end = () => child.kill("SIGTERM");
  signal.addEventListener("abort", end);
  const ended = once(child, "exit").then(() => signal.removeEventListener("abort", end));
  const failure = await Promise.race([
    outcome(child),
    ended.then(() => "The gateway ended before it was ready."),
  ]);
  if (failure !== null) {
    child.kill("SIGKILL");
    await ended;
    throw new GatewayStartFailure(failure);
  }
  return { ended, stop: () => stop(child, ended) };
}

/** `null` once it takes connections, or why it does not. */
function outcome(child: ChildProcess): Promise<string | null> {
  return new Promise((resolve) => {
    child.on("message", (message: ChildMessage) => {
      resolve(message.kind === "listening" ? null : message.reason);
    });
    child.on("error", (error) => resolve(error.message));
  });
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), graceMs);
  await ended;
  clearTimeout(timer);
}
