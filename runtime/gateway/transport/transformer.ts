import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import Primus, { type Transformer } from "primus";
import stockClient from "primus/transformers/websockets/client.js";
import { type ServerOptions, WebSocketServer } from "ws";
import { Flusher } from "./flusher.js";
import { refuseUpgrade } from "./refuse-upgrade.js";
import { Wire } from "./wire.js";

export interface TransportOptions {
  readonly path: string;
  readonly frameBytes: number;
  readonly outboxBytes: number;
  /** ms that a browser has to answer a close frame. */
  readonly closeMs: number;
  readonly connectionId: () => string;
  /** An HTTP status to refuse with, or `null`. Nothing has been read of the browser but its headers. */
  admit(request: IncomingMessage): number | null;
  /** The handshake is done. The request is let go of when this returns. */
  connected(wire: Wire, request: IncomingMessage): void;
}

/**
 * Primus's websockets transformer with sockets of our own: `ws` does the handshake, parsing and closing; what goes out
 * is framed once and written to the raw socket, joined per turn.
 */
export function transformerFor(options: TransportOptions): new (primus: Primus) => Transformer {
  const flusher = new Flusher();
  // `@types/ws` does not know closeTimeout yet.
  const serverOptions: ServerOptions & { readonly closeTimeout: number } = {
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: options.frameBytes,
    closeTimeout: options.closeMs,
  };
  const service = new WebSocketServer(serverOptions);

  return class extends Primus.Transformer {
    override get client(): () => void {
      return stockClient;
    }

    /** Primus's own parses the URL with a parser that throws, and keeps the request as long as the socket. */
    override upgrade(request: IncomingMessage, raw: Duplex, head: Buffer): void {
      const status = pathOf(request) === options.path ? options.admit(request) : 404;
      if (status === null) this.emit("upgrade", request, raw, head);
      else refuseUpgrade(raw, status);
    }

    override server(): void {
      this.on("upgrade", (request: IncomingMessage, raw: Duplex, head: Buffer) => {
        service.handleUpgrade(request, raw, head, (socket) => {
          // Headers and request are given to nobody who would keep them.
          const spark = new this.Spark({}, {}, "", options.connectionId(), undefined, socket);
          options.connected(new Wire(spark, socket, raw, flusher, options.outboxBytes), request);
        });
      });
      this.once("close", () => service.close());
    }
  };
}

/** The path without its query, and without the slash that Primus's client puts at its end. */
function pathOf(request: IncomingMessage): string {
  const [path = ""] = (request.url ?? "").split("?", 1);
  return path.endsWith("/") ? path.slice(0, -1) : path;
}
