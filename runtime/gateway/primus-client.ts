import { EventEmitter } from "node:events";
import Primus from "primus";
import stockClient from "primus/transformers/websockets/client.js";
import { GATEWAY_PATH } from "../protocol/names.js";

/** ms between the gateway's heartbeats; a stock client that hears none for half as much again reconnects. */
export const PING_INTERVAL_MS = 25_000;

class ClientOnly extends Primus.Transformer {
  override get client(): () => void {
    return stockClient;
  }
}

/**
 * The stock Primus browser client, as this gateway's Primus would serve it: one script that defines `Primus`.
 * Pure: no server listens, and the text is the same every time.
 */
export function primusClientLibrary(): string {
  const primus = new Primus(new EventEmitter(), {
    pathname: GATEWAY_PATH,
    transformer: ClientOnly,
    pingInterval: PING_INTERVAL_MS,
    iknowclusterwillbreakconnections: true,
  });
  if (primus.heartbeatInterval !== null) clearInterval(primus.heartbeatInterval);
  return primus.library();
}
