import type { SessionReader } from "../auth/index.js";
import type { Broker } from "../broker/broker.js";
import type { Audiences } from "./audiences.js";
import type { Connection } from "./connection.js";
import type { CompiledContract } from "./contract.js";
import type { GatewayOptions, Publish, User } from "./definition.js";
import type { GatewayLimits } from "./limits.js";
import type { GatewayLog } from "./log.js";
import type { Metrics } from "./metrics.js";

/** What the parts of a running gateway share. */
export interface GatewayServices {
  readonly contract: CompiledContract;
  readonly definition: GatewayOptions<User, unknown>;
  readonly readSession: SessionReader<Readonly<Record<string, unknown>>>;
  readonly broker: Broker;
  readonly audiences: Audiences;
  /** Welcomed browsers. */
  readonly connections: Set<Connection>;
  readonly publish: Publish;
  readonly limits: GatewayLimits;
  readonly metrics: Metrics;
  readonly log: GatewayLog;
  /** Runs of handlers that a graceful stop waits for. */
  readonly running: Set<Promise<unknown>>;
  /** Those of them that are runs of `on` handlers. */
  readonly reactions: Set<Promise<unknown>>;
  /** Set once the gateway goes away. */
  draining: boolean;
}
