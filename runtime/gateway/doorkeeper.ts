import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { OriginPolicy } from "../auth/index.js";
import { isAllowed } from "./handshake.js";
import type { GatewayLimits } from "./limits.js";
import type { GatewayLog } from "./log.js";
import type { Metrics } from "./metrics.js";

/** Decides on handshakes before the upgrade, and counts the sockets that it let in. */
export class Doorkeeper {
  readonly #policy: OriginPolicy;
  readonly #limits: GatewayLimits;
  readonly #trustProxy: boolean;
  readonly #metrics: Metrics;
  readonly #log: GatewayLog;
  readonly #sockets = new Set<Socket>();
  readonly #perAddress = new Map<string, number>();
  #open = true;

  constructor(
    policy: OriginPolicy,
    limits: GatewayLimits,
    trustProxy: boolean,
    services: { readonly metrics: Metrics; readonly log: GatewayLog },
  ) {
    this.#policy = policy;
    this.#limits = limits;
    this.#trustProxy = trustProxy;
    this.#metrics = services.metrics;
    this.#log = services.log;
  }

  /** The HTTP status to refuse with, or `null`. */
  admit(request: IncomingMessage): number | null {
    if (!this.#open) return this.#refuse(request, 503, "draining");
    if (!isAllowed(request, this.#policy)) return this.#refuse(request, 403, "origin");
    const { connections, connectionsPerAddress } = this.#limits;
    if (connections !== null && this.#sockets.size >= connections) {
      return this.#refuse(request, 503, "connections");
    }
    const address = this.addressOf(request);
    const fromAddress = this.#perAddress.get(address) ?? 0;
    if (connectionsPerAddress !== null && fromAddress >= connectionsPerAddress) {
      return this.#refuse(request, 429, "connections_per_address");
    }
    this.#count(request.socket, address);
    return null;
  }

  /** The browser's address: what a trusted proxy says last, else the peer's. */
  addressOf(request: IncomingMessage): string {
    const forwarded = this.#trustProxy ? request.headers["x-forwarded-for"] : undefined;
    const last = [forwarded ?? []].flat().join(",").split(",").at(-1)?.trim();
    return last || (request.socket.remoteAddress ?? "unknown");
  }

  /** Lets nobody in any more. */
  close(): void {
    this.#open = false;
  }

  /** For what did not leave when it was told. */
  evict(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #count(socket: Socket, address: string): void {
    this.#sockets.add(socket);
    this.#perAddress.set(address, (this.#perAddress.get(address) ?? 0) + 1);
    socket.once("close", () => {
      this.#sockets.delete(socket);
      const left = (this.#perAddress.get(address) ?? 1) - 1;
      if (left === 0) this.#perAddress.delete(address);
      else this.#perAddress.set(address, left);
    });
  }

  #refuse(request: IncomingMessage, status: number, reason: string): number {
    this.#metrics.handshakesRefusedTotal.inc({ reason });
    const origin = request.headers.origin?.slice(0, 200);
    this.#log.info({ reason, origin, address: this.addressOf(request) }, "a handshake was refused");
    return status;
  }
}
