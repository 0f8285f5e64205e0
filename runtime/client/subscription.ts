import type { EventFrame, GatewayFrame } from "../protocol/frames.js";
import { backoff } from "./backoff.js";
import type { Connection } from "./connection.js";
import { type ContractChannel, type EventMeta, type Gap, RealtimeError } from "./types.js";

/** Long enough for a page that Turbo replaces, or a component that React mounts twice, to ask again. In ms. */
const lingerFor = 300;
/** What may be otherwise in a moment. Every other refusal stands. */
const passing: ReadonlySet<string> = new Set(["unavailable", "too_many_requests"]);

/** A handle, as its subscription sees it. */
export interface Observer {
  event(name: string, data: unknown, meta: EventMeta): void;
  gap(gap: Gap): void;
  /** The subscription's status is another one. */
  changed(): void;
}

/** One concrete channel: all handles of it share this, whatever they listen to. Lives while one of them uses it. */
export class Subscription {
  status: "pending" | "subscribed" | "refused" = "pending";
  /** Why it is refused. */
  error: RealtimeError | undefined;
  /** As it was asked for: `inbox:@me`. */
  readonly name: string;
  /** Its name as the gateway says it, while it is subscribed: `inbox:7` where `inbox:@me` was asked for. */
  concrete: string | undefined;
  readonly #observers = new Set<Observer>();
  readonly #channel: ContractChannel;
  readonly #connection: Connection;
  readonly #changed: () => void;
  #asking = false;
  /** Of an event that this page's contract does not have: a gateway that is newer than the page. */
  #hasWarned = false;
  /** Attempts in a row that met a passing refusal. */
  #attempt = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #linger: ReturnType<typeof setTimeout> | undefined;
  /** The connection was lost after events had arrived, so that some may be missing. */
  #missed = false;

  /** @param changed called when the status is another one */
  constructor(name: string, channel: ContractChannel, connection: Connection, changed: () => void) {
    this.name = name;
    this.#channel = channel;
    this.#connection = connection;
    this.#changed = changed;
  }

  /** What was refused is asked for anew: the user may have been let in since. */
  join(observer: Observer): void {
    clearTimeout(this.#linger);
    this.#observers.add(observer);
    if (this.status !== "subscribed") this.ask();
  }

  /** @param unused called when the last one has left and nobody came back in the meantime */
  leave(observer: Observer, unused: () => void): void {
    this.#observers.delete(observer);
    if (this.#observers.size > 0) return;
    this.#linger = setTimeout(() => {
      clearTimeout(this.#retry);
      unused();
      if (this.#connection.isOpen && this.status !== "refused")
        this.#connection.request({ type: "unsubscribe", channel: this.name }, () => {});
    }, lingerFor);
  }

  /** Asks the gateway, now or as soon as there is a connection. */
  ask(): void {
    clearTimeout(this.#retry);
    const connection = this.#connection;
    if (connection.error) this.refuse(connection.error);
    else {
      this.#become("pending");
      if (!connection.isOpen) connection.open();
      else if (!this.#asking) {
        this.#asking = true;
        connection.request({ type: "subscribe", channel: this.name }, (answer) => this.#answered(answer));
      }
    }
  }

  /** The connection is away; it will come back. */
  lost(): void {
    clearTimeout(this.#retry);
    this.concrete = undefined;
    if (this.status !== "subscribed") return;
    this.#missed = true;
    this.#become("pending");
  }

  refuse(error: RealtimeError): void {
    clearTimeout(this.#retry);
    this.concrete = undefined;
    this.#become("refused", error);
  }

  deliver({ channel, event, data, id, at }: EventFrame): void {
    if (this.#channel.events.includes(event)) {
      for (const observer of [...this.#observers]) observer.event(event, data, { id, at, channel });
    } else if (!this.#hasWarned) {
      this.#hasWarned = true;
      this.#connection.logger.warn(`signalbox: ${channel}: this page does not know the event ${event}.`);
    }
  }

  gap(gap: Gap): void {
    for (const observer of [...this.#observers]) observer.gap(gap);
  }

  #answered(answer: GatewayFrame | RealtimeError): void {
    this.#asking = false;
    if (!(answer instanceof RealtimeError)) {
      this.#attempt = 0;
      this.concrete = answer.type === "subscribed" ? answer.channel : undefined;
      this.#become("subscribed");
      if (this.#missed) this.gap({ reason: "reconnected" });
      this.#missed = false;
    } else if (passing.has(answer.code)) {
      // Nobody: whoever comes back to it in the meantime asks.
      if (this.#observers.size > 0) this.#retry = setTimeout(() => this.ask(), backoff(this.#attempt++));
    } else if (answer.code !== "disconnected") {
      // With the next connection it is asked for again, but not after a refusal.
      this.#connection.logger.error(`signalbox: ${this.name}: ${answer.code}: ${answer.message}`);
      this.refuse(answer);
    }
  }

  #become(status: Subscription["status"], error?: RealtimeError): void {
    if (this.status === status && this.error === error) return;
    this.status = status;
    this.error = error;
    this.#changed();
    for (const observer of [...this.#observers]) observer.changed();
  }
}
