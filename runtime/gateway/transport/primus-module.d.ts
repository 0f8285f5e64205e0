/** What this project uses of Primus 8, as its sources have it. `@types/primus` lacks the extension points. */
declare module "primus" {
  import type { EventEmitter } from "node:events";
  import type { IncomingMessage, Server } from "node:http";
  import type { Duplex } from "node:stream";

  export interface PrimusOptions {
    readonly pathname: string;
    readonly transformer: new (primus: Primus) => Transformer;
    /** ms between two heartbeats; `false` for none. */
    readonly pingInterval: number | false;
    readonly iknowclusterwillbreakconnections?: boolean;
  }

  export interface Spark {
    readonly id: string;
    /** Set by whatever the client says; cleared by each heartbeat, which ends a spark that it finds cleared. */
    alive: boolean;
    on(event: string, listener: (...args: never[]) => void): this;
    emit(event: string, ...args: unknown[]): boolean;
    /** Without `reconnect` a stock client is told never to come back. */
    end(data?: unknown, options?: { readonly reconnect?: boolean }): this;
  }

  export type SparkConstructor = new (
    headers: object,
    address: object,
    query: string,
    id: string,
    request: undefined,
    socket: object,
  ) => Spark;

  /** Its constructor calls `server()` before fields of a subclass exist. */
  export class Transformer {
    constructor(primus: Primus);
    readonly Spark: SparkConstructor;
    /** Printed into the client library. */
    get client(): () => void;
    server(): void;
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
    on(event: string, listener: (...args: never[]) => void): this;
    once(event: string, listener: (...args: never[]) => void): this;
    emit(event: string, ...args: unknown[]): boolean;
  }

  export default class Primus {
    static readonly Transformer: typeof Transformer;
    constructor(server: Server | EventEmitter, options: PrimusOptions);
    readonly heartbeatInterval: NodeJS.Timeout | null;
    library(): string;
    on(event: string, listener: (...args: never[]) => void): this;
  }
}

declare module "primus/transformers/websockets/client.js" {
  const client: () => void;
  export default client;
}
