import type { Server } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { closeCodes } from "../protocol/codes.js";
import type { Doorkeeper } from "./doorkeeper.js";
import type { GatewayServices } from "./gateway.js";

/** Nobody comes back sooner, so that a successor is up. */
const MIN_RETRY_MS = 250;

/**
 * Goes away gracefully: lets nobody in, tells each browser when to come back, lets handlers end, closes with 1012. What
 * is not done after `drainMs` is cut off.
 */
export async function drain(
  services: GatewayServices,
  server: Server,
  doorkeeper: Doorkeeper,
): Promise<void> {
  const { connections, limits, broker, running, log } = services;
  services.draining = true;
  doorkeeper.close();
  log.info({ connections: connections.size }, "draining");
  const deadline = Date.now() + limits.drainMs;
  for (const connection of connections) {
    const retryAfter = Math.round(MIN_RETRY_MS + Math.random() * limits.drainSpreadMs);
    connection.send({ type: "drain", retryAfter });
  }
  // Commands get their answers before the sockets close; half of the time is left for closing.
  await untilIdle(running, Date.now() + limits.drainMs / 2);
  for (const connection of connections) connection.close(closeCodes.restart, "the gateway restarts");
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  await Promise.race([Promise.all([closed, untilIdle(running, deadline)]), until(deadline)]);
  doorkeeper.evict();
  server.closeAllConnections();
  await broker.close();
  await closed;
  log.info({ abandoned: running.size }, "stopped");
}

/** Handlers may start others, so it looks again. */
async function untilIdle(running: ReadonlySet<Promise<unknown>>, deadline: number): Promise<void> {
  while (running.size > 0 && Date.now() < deadline) {
    await Promise.race([Promise.allSettled(running), until(deadline)]);
  }
}

async function until(deadline: number): Promise<void> {
  await wait(Math.max(0, deadline - Date.now()), undefined, { ref: false });
}
