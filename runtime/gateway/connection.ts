import { type CloseCode, closeCodes } from "../protocol/codes.js";
import type { GatewayFrame, PayloadIssue } from "../protocol/frames.js";
import type { ResolvedChannel } from "./contract.js";
import type { ConnectionInfo, Context, Publish, User } from "./definition.js";
import type { GatewayLog } from "./log.js";
import { TokenBucket } from "./rate-limit.js";
import { textFrame } from "./transport/frame.js";
import type { Wire } from "./transport/wire.js";

/** One subscription of one browser. Before `live`, its `settled` is still under way. */
export interface Subscription {
  readonly channel: ResolvedChannel;
  live: boolean;
  /** The answer to whoever asked for it: `null`, or why not. Never rejects. */
  settled: Promise<Refusal | null>;
}

/** Why a request is answered with an error. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly issues?: readonly PayloadIssue[];
}

export interface ConnectionLimits {
  readonly framesPerSecond: number;
  readonly frameBurst: number;
}

/** After these a client must not come back by itself: coming back would end the same way. */
const finalCloseCodes: ReadonlySet<number> = new Set([
  closeCodes.notAuthenticated,
  closeCodes.notAllowed,
  closeCodes.contractTooOld,
]);

/** One welcomed browser. */
export class Connection {
  readonly info: ConnectionInfo;
  readonly user: User | null;
  readonly wire: Wire;
  /** By concrete name. */
  readonly subscriptions = new Map<string, Subscription>();
  readonly frames: TokenBucket;
  /** Frames refused by the rate limit since the last one that was taken. */
  refusedInARow = 0;
  commandsInFlight = 0;
  state: unknown = undefined;
  readonly context: Context<User | null, unknown>;
  #closed = false;
  // Most handlers never ask for the signal.
  #abort: AbortController | null = null;

  constructor(
    wire: Wire,
    info: ConnectionInfo,
    user: User | null,
    limits: ConnectionLimits,
    services: { readonly publish: Publish; readonly log: GatewayLog },
  ) {
    this.wire = wire;
    this.info = info;
    this.user = user;
    this.frames = new TokenBucket(limits.framesPerSecond, limits.frameBurst);
    this.context = contextOf(this, services.publish, services.log);
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Aborted when the connection ends. */
  get signal(): AbortSignal {
    this.#abort ??= new AbortController();
    if (this.#closed) this.#abort.abort();
    return this.#abort.signal;
  }

  send(frame: GatewayFrame): void {
    this.wire.send(textFrame(JSON.stringify(frame)));
  }

  refuse(ref: number | undefined, refusal: Refusal): void {
    const { code, message, issues } = refusal;
    this.send({
      type: "error",
      ...(ref === undefined ? {} : { ref }),
      code,
      message,
      ...(issues ? { issues } : {}),
    });
  }

  /** Says why, then closes. Stock clients learn by Primus's own means whether to come back. */
  close(code: CloseCode, reason: string): void {
    if (this.closed) return;
    this.send({ type: "close", code, reason });
    this.wire.close(code, reason, { comeBack: !finalCloseCodes.has(code) });
  }

  /** The connection is gone: `ctx.signal` fires. */
  ended(): void {
    this.#closed = true;
    this.#abort?.abort();
  }
}

function contextOf(connection: Connection, publish: Publish, log: GatewayLog): Context<User | null, unknown> {
  let own: GatewayLog | null = null;
  return {
    user: connection.user,
    connection: connection.info,
    publish,
    get signal() {
      return connection.signal;
    },
    get state() {
      return connection.state;
    },
    // Most connections never log, so their logger is made when they do.
    get log() {
      own ??= log.child({ connection: connection.info.id });
      return own;
    },
  };
}
