import type { GatewayFrame } from "../protocol/frames.js";
import { Connection, type ConnectionUser } from "./connection.js";
import { showOnPage } from "./page.js";
import { type Observer, Subscription } from "./subscription.js";
import { type ContractChannel, RealtimeError } from "./types.js";

/** All subscriptions of a page, by the name that was asked for. */
export class Subscriptions implements ConnectionUser {
  readonly connection: Connection;
  readonly #all = new Map<string, Subscription>();
  /** `room:1=subscribed inbox:@me=pending` */
  readonly #show = () =>
    showOnPage(
      "channels",
      [...this.#all.values()].map(({ name, concrete, status }) => `${concrete ?? name}=${status}`).join(" "),
    );

  constructor(fingerprint: string) {
    this.connection = new Connection(this, fingerprint);
  }

  /** Makes the observer hear of a channel: `room:1`, `inbox:@me`. */
  join(name: string, channel: ContractChannel, observer: Observer): Subscription {
    let subscription = this.#all.get(name);
    if (!subscription) {
      subscription = new Subscription(name, channel, this.connection, this.#show);
      this.#all.set(name, subscription);
      this.#show();
    }
    subscription.join(observer);
    return subscription;
  }

  leave(name: string, observer: Observer): void {
    this.#all.get(name)?.leave(observer, () => {
      this.#all.delete(name);
      this.#show();
    });
  }

  /** The way back after a refusal of any kind. */
  connect(): void {
    this.connection.connect();
    for (const subscription of this.#all.values()) if (subscription.status === "refused") subscription.ask();
  }

  wanted(): boolean {
    return this.#all.size > 0;
  }

  opened(): void {
    for (const subscription of [...this.#all.values()])
      if (subscription.status === "pending") subscription.ask();
  }

  lost(): void {
    for (const subscription of [...this.#all.values()]) subscription.lost();
  }

  ended(error: RealtimeError): void {
    for (const subscription of [...this.#all.values()]) subscription.refuse(error);
  }

  received(frame: GatewayFrame): void {
    if (!("channel" in frame || frame.type === "gap")) return;
    for (const subscription of [...this.#all.values()]) {
      const { concrete } = subscription;
      // A `gap` without a channel is about all of them.
      if (!concrete || concrete !== (frame.channel ?? concrete)) continue;
      if (frame.type === "event") subscription.deliver(frame);
      else if (frame.type === "gap") subscription.gap({ reason: frame.reason });
      else if (frame.type === "unsubscribed")
        subscription.refuse(new RealtimeError("unsubscribed", "The gateway ended the subscription."));
    }
  }
}
