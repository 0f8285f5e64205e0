import { type Broker, BrokerUnavailable } from "../broker/broker.js";
import type { Connection } from "./connection.js";
import type { ResolvedChannel } from "./contract.js";

/** Who gets what is published on one concrete channel. */
export interface Audience {
  readonly channel: ResolvedChannel;
  readonly members: Set<Connection>;
  /** Settles once the broker delivers the channel, or cannot. */
  readonly ready: Promise<void>;
  /** How many asked for it and have not been admitted or turned away yet. */
  joining: number;
}

/** All concrete channels that some browser, or an `on` handler, needs; the broker is subscribed to exactly these. */
export class Audiences {
  readonly #broker: Broker;
  /** Whether the broker brings the channel anyway, by a pattern or for good. */
  readonly #isCovered: (channel: ResolvedChannel) => boolean;
  readonly #byName = new Map<string, Audience>();

  constructor(broker: Broker, isCovered: (channel: ResolvedChannel) => boolean) {
    this.#broker = broker;
    this.#isCovered = isCovered;
  }

  get(name: string): Audience | undefined {
    return this.#byName.get(name);
  }

  /** Adds a member once the broker delivers the channel. `admit` runs in the same turn, before any message. */
  async join(channel: ResolvedChannel, connection: Connection, admit: () => boolean): Promise<void> {
    if (!this.#broker.up) throw new BrokerUnavailable("the broker is not connected");
    const audience = this.#byName.get(channel.name) ?? this.#open(channel);
    audience.joining += 1;
    try {
      await audience.ready;
      if (admit()) audience.members.add(connection);
    } finally {
      audience.joining -= 1;
      this.#closeIfEmpty(audience);
    }
  }

  leave(name: string, connection: Connection): void {
    const audience = this.#byName.get(name);
    if (audience === undefined) return;
    audience.members.delete(connection);
    this.#closeIfEmpty(audience);
  }

  #open(channel: ResolvedChannel): Audience {
    const ready = this.#isCovered(channel) ? Promise.resolve() : this.#broker.subscribe(channel.name);
    const audience = { channel, members: new Set<Connection>(), ready, joining: 0 };
    this.#byName.set(channel.name, audience);
    return audience;
  }

  #closeIfEmpty(audience: Audience): void {
    const { name } = audience.channel;
    if (audience.members.size > 0 || audience.joining > 0 || this.#byName.get(name) !== audience) return;
    this.#byName.delete(name);
    if (!this.#isCovered(audience.channel)) void this.#broker.unsubscribe(name);
  }
}
