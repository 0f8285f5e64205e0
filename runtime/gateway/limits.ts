import { PING_INTERVAL_MS } from "./primus-client.js";

/** Bounds of everything that grows with what others do. Times in ms, sizes in bytes; `null` is no limit. */
export interface GatewayLimits {
  /** A message off the broker. */
  readonly messageBytes: number;
  /** A frame of a browser; a larger one closes its connection with 1009. */
  readonly frameBytes: number;
  /** What may wait in one socket; beyond it the connection is closed with 4408. */
  readonly outboxBytes: number;
  /** Per connection. */
  readonly subscriptions: number;
  /** Frames of one connection: this many a second on average … */
  readonly framesPerSecond: number;
  /** … and this many at once. */
  readonly frameBurst: number;
  /** Commands of one connection that have not been answered yet. */
  readonly commandsInFlight: number;
  /** Runs of `on` handlers that have not ended yet, for the whole gateway; beyond it, runs are dropped and counted. */
  readonly eventHandlersInFlight: number;
  readonly connections: number | null;
  readonly connectionsPerAddress: number | null;
  readonly connectionsPerUser: number | null;
  /** Between two heartbeats; a browser that says nothing in between is gone. Clients count on 25,000 at most. */
  readonly heartbeatMs: number;
  /** From the handshake to the welcome: `identify` and `connect`. */
  readonly handshakeMs: number;
  readonly authorizeMs: number;
  readonly commandMs: number;
  /** From the signal to the end of the process. */
  readonly drainMs: number;
  /** The longest `retryAfter` that browsers are given, so that they do not all come back at once. */
  readonly drainSpreadMs: number;
}

export const defaultLimits: GatewayLimits = {
  messageBytes: 1024 * 1024,
  frameBytes: 64 * 1024,
  outboxBytes: 1024 * 1024,
  subscriptions: 100,
  framesPerSecond: 50,
  frameBurst: 200,
  commandsInFlight: 16,
  eventHandlersInFlight: 1_000,
  connections: null,
  connectionsPerAddress: null,
  connectionsPerUser: null,
  heartbeatMs: PING_INTERVAL_MS,
  handshakeMs: 10_000,
  authorizeMs: 5_000,
  commandMs: 30_000,
  drainMs: 8_000,
  drainSpreadMs: 5_000,
};
