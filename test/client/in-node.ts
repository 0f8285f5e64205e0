import { createRealtime, type Realtime } from "signalbox/client";
import { afterEach, beforeEach, vi } from "vitest";
import { WebSocket } from "ws";
import { type Channels, contract } from "./contract.js";
import { ScriptedGateway } from "./scripted-gateway.js";

export interface ClientInNode {
  gateway: ScriptedGateway;
  realtime: Realtime<Channels>;
  /** How many sockets the client has made. */
  opened: number;
  /** What the client told its logger. */
  log: string[];
  /** Refusals that `onUnauthorized` was told. */
  refusals: string[];
}

/** A scripted gateway and the client, outside a browser, anew for each test. Retries come without a delay. */
export function useClient(): ClientInNode {
  const its = {} as ClientInNode;
  beforeEach(async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    its.gateway = await ScriptedGateway.start();
    its.opened = 0;
    its.log = [];
    its.refusals = [];
    its.realtime = createRealtime(contract);
    its.realtime.configure({
      url: its.gateway.url,
      WebSocket: class extends WebSocket {
        constructor(url: string) {
          super(url);
          its.opened += 1;
        }
      },
      logger: { warn: (message) => its.log.push(message), error: (message) => its.log.push(message) },
      onUnauthorized: (error) => its.refusals.push(error.code),
    });
  });
  afterEach(async () => {
    vi.useRealTimers();
    vi.restoreAllMocks();
    its.realtime.close();
    await its.gateway.stop();
  });
  return its;
}

/** Resolves when the connection gets to that status. */
export function reached(realtime: Realtime<Channels>, status: string): Promise<void> {
  return new Promise((resolve) => {
    const settle = (now: string) => {
      if (now !== status) return;
      off();
      resolve();
    };
    const off = realtime.onStatus(settle);
    settle(realtime.status);
  });
}
