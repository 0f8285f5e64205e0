import { closeCodes } from "../protocol/codes.js";
import type { GatewayFrame } from "../protocol/frames.js";
import { backoff } from "./backoff.js";
import { Listeners, report } from "./listeners.js";
import { gatewayUrl, isOffline, showOnPage, watchPage } from "./page.js";
import { type Request, Requests, type Settle } from "./requests.js";
import { openSocket, type Socket } from "./socket.js";
import {
  type Off,
  RealtimeError,
  type RealtimeErrorCode,
  type RealtimeLogger,
  type RealtimeOptions,
  type RealtimeStatus,
  type SignalOption,
} from "./types.js";

/** A connection that stood this long was a good one: the next failure counts as the first. In ms. */
const stableAfter = 10_000;
/** Where 4429 begins, in failures: up to 16 s, as what was too much a moment ago still is. */
const manyFailures = 5;

/** Coming back by itself would end the same way. */
const finalErrors: Readonly<Partial<Record<number, RealtimeErrorCode>>> = {
  [closeCodes.notAuthenticated]: "authorization_failed",
  [closeCodes.notAllowed]: "forbidden",
  [closeCodes.contractTooOld]: "contract_too_old",
};

/** What uses the connection: the subscriptions. */
export interface ConnectionUser {
  /** Whether somebody still needs the connection. */
  wanted(): boolean;
  /** The gateway has welcomed us: requests can be made. */
  opened(): void;
  /** The connection was lost; it will come back by itself. */
  lost(): void;
  /** The connection was lost, and only `connect()` brings it back. */
  ended(error: RealtimeError): void;
  /** What came unasked. */
  received(frame: GatewayFrame): void;
}

type Phase =
  | { readonly kind: "idle" }
  | { readonly kind: "opening"; readonly socket: Socket }
  | { readonly kind: "open"; readonly socket: Socket; readonly since: number }
  | { readonly kind: "waiting"; readonly timer: ReturnType<typeof setTimeout> }
  /** The page is in the back/forward cache. */
  | { readonly kind: "cached" }
  | { readonly kind: "ended"; readonly error: RealtimeError };

/** The one connection of a page: keeps it open while somebody wants it, and brings it back when it is lost. */
export class Connection {
  readonly options: RealtimeOptions = {};
  readonly #user: ConnectionUser;
  readonly #statusListeners = new Listeners<[RealtimeStatus, RealtimeError?]>();
  readonly #requests = new Requests();
  #phase: Phase = { kind: "idle" };
  #status: RealtimeStatus = "idle";
  /** Of the contract; of the gateway's, once a difference has been told. */
  #fingerprint: string;
  /** Attempts that failed since the last good connection. */
  #failures = 0;
  /** 4409 was met since the last good connection. */
  #wasRevoked = false;
  /** What the gateway asked for with `drain`, in ms. */
  #retryAfter: number | undefined;
  /** The gateway's last word about the connection as a whole: it explains the close that follows. */
  #complaint: string | undefined;
  #unwatchPage: Off | undefined;

  constructor(user: ConnectionUser, fingerprint: string) {
    this.#user = user;
    this.#fingerprint = fingerprint;
    showOnPage("status", this.#status);
  }

  get status(): RealtimeStatus {
    return this.#status;
  }

  get logger(): RealtimeLogger {
    return this.options.logger ?? console;
  }

  get isOpen(): boolean {
    return this.#phase.kind === "open";
  }

  /** Why only `connect()` opens it again, where that is so. */
  get error(): RealtimeError | undefined {
    return this.#phase.kind === "ended" ? this.#phase.error : undefined;
  }

  onStatus(handler: (status: RealtimeStatus, error?: RealtimeError) => unknown, options?: SignalOption): Off {
    return this.#statusListeners.add(handler, options);
  }

  /** Opens the connection where nothing stands against it: a first subscription, or a retry that is due. */
  open(): void {
    if (this.#phase.kind !== "idle") return;
    const url = gatewayUrl(this.options.url);
    const socket = openSocket(new (this.options.WebSocket ?? WebSocket)(url), {
      received: (frame) => this.#received(frame),
      closed: (code, reason) => this.#closed(code, reason || `no connection to ${url}`),
    });
    this.#unwatchPage ??= watchPage({
      woken: () => this.#wake(),
      offline: () => this.#probe(),
      hidden: () => this.#hide(),
    });
    this.#enter({ kind: "opening", socket });
  }

  /** Opens it whatever stood against it. */
  connect(): void {
    if (this.#phase.kind === "ended") this.#phase = { kind: "idle" };
    else this.#wake();
    this.open();
  }

  close(): void {
    this.#drop();
    this.#end(new RealtimeError("closed", "This page closed the connection."));
    this.#unwatchPage?.();
    this.#unwatchPage = undefined;
  }

  /** `settle` gets the answer, or at once an error where nothing can be sent. @returns forgets the request */
  request(request: Request, settle: Settle): Off {
    return this.#requests.make(
      request,
      this.#phase.kind === "open" ? this.#phase.socket.send : undefined,
      settle,
    );
  }

  #enter(phase: Phase): void {
    this.#phase = phase;
    this.#announce();
  }

  #announce(): void {
    const status = statusOf(this.#phase, this.#failures);
    if (status === this.#status) return;
    this.#status = status;
    showOnPage("status", status);
    this.#statusListeners.call(status, this.error);
  }

  #received(frame: GatewayFrame): void {
    if (frame.type === "welcome") this.#welcomed(frame.fingerprint);
    else if (frame.type === "drain") this.#retryAfter = frame.retryAfter;
    else if ("ref" in frame && frame.ref !== undefined)
      this.#requests.answer(
        frame.ref,
        frame.type === "error" ? new RealtimeError(frame.code, frame.message, frame.issues) : frame,
      );
    else if (frame.type === "error") {
      this.#complaint = frame.message;
      this.logger.error(`signalbox: ${frame.code}: ${frame.message}`);
    } else this.#user.received(frame);
  }

  #welcomed(fingerprint: string): void {
    if (this.#phase.kind !== "opening") return;
    if (fingerprint !== this.#fingerprint) {
      this.#fingerprint = fingerprint;
      this.logger.warn("signalbox: the gateway has another version of the contract than this page.");
    }
    this.#enter({ kind: "open", socket: this.#phase.socket, since: Date.now() });
    this.#user.opened();
  }

  #closed(code: number, reason: string): void {
    const phase = this.#phase;
    const message = this.#complaint ?? reason;
    this.#drop();
    if (phase.kind === "open" && Date.now() - phase.since >= stableAfter) this.#startAfresh();

    const isRevoked = code === closeCodes.revoked;
    const final = isRevoked && this.#wasRevoked ? "revoked" : finalErrors[code];
    if (final) {
      const error = new RealtimeError(final, message);
      this.#end(error);
      if (this.#status === "unauthorized") report(() => this.options.onUnauthorized?.(error));
      return;
    }
    // Once for each streak of failures; a browser does not tell why a handshake was refused.
    if (phase.kind === "opening" && this.#failures === 0)
      this.logger.warn(`signalbox: ${message}. Does the gateway run, and does it allow this page's origin?`);
    this.#wasRevoked ||= isRevoked;
    if (code === closeCodes.tooMany) this.#failures = Math.max(this.#failures, manyFailures);
    if (this.#user.wanted()) this.#retry();
    else this.#enter({ kind: "idle" });
  }

  #retry(): void {
    const delay = this.#retryAfter ?? backoff(this.#failures);
    this.#retryAfter = undefined;
    this.#failures += 1;
    this.#enter({ kind: "waiting", timer: setTimeout(() => this.#wake(), delay) });
    this.#user.lost();
  }

  #end(error: RealtimeError): void {
    this.#startAfresh();
    this.#phase = { kind: "ended", error };
    this.#user.ended(error);
    this.#announce();
  }

  #startAfresh(): void {
    this.#failures = 0;
    this.#wasRevoked = false;
  }

  /** Lets go of socket and timer. What waits for an answer learns that there will be none. */
  #drop(): void {
    const phase = this.#phase;
    if ("socket" in phase) phase.socket.end();
    if ("timer" in phase) clearTimeout(phase.timer);
    this.#phase = { kind: "idle" };
    this.#complaint = undefined;
    this.#requests.abandon();
  }

  #wake(): void {
    const { kind } = this.#phase;
    if (kind === "waiting" || kind === "cached") {
      this.#drop();
      this.open();
    } else this.#probe();
  }

  #probe(): void {
    if (this.#phase.kind === "open") this.#phase.socket.probe();
    else this.#announce();
  }

  #hide(): void {
    const { kind } = this.#phase;
    if (kind === "idle" || kind === "ended") return;
    this.#drop();
    this.#enter({ kind: "cached" });
    this.#user.lost();
  }
}

function statusOf(phase: Phase, failures: number): RealtimeStatus {
  switch (phase.kind) {
    case "idle":
    case "open":
      return phase.kind;
    case "ended":
      return phase.error.code === "closed" || phase.error.code === "contract_too_old"
        ? "closed"
        : "unauthorized";
    case "opening":
    case "waiting":
    case "cached":
      if (isOffline()) return "offline";
      return phase.kind === "opening" && failures === 0 ? "connecting" : "reconnecting";
    default:
      throw phase satisfies never;
  }
}
