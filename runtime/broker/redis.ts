import { type Broker, type BrokerListener, BrokerUnavailable, type ChannelPattern } from "./broker.js";
import { redisGlob } from "./glob.js";
import { type RedisConnection, RedisLink } from "./redis-link.js";

export interface RedisBrokerOptions {
  /** `redis://` or `rediss://`, as redis clients take it. */
  readonly url: string;
  /** Stands before every channel's name. */
  readonly prefix: string;
}

/** Redis or Valkey: one connection that is subscribed, a second one that publishes. */
export class RedisBroker implements Broker {
  readonly kind = "redis";
  readonly #options: RedisBrokerOptions;
  readonly #subscriber: RedisLink;
  readonly #publisher: RedisLink;
  /** What is needed now: what a new connection subscribes to. */
  readonly #channels = new Set<string>();
  readonly #patterns: ChannelPattern[] = [];
  #listener: BrokerListener | null = null;
  #up = false;

  constructor(options: RedisBrokerOptions) {
    this.#options = options;
    const changed = () => this.#changed();
    const fault = (error: unknown) => this.#listener?.fault(error);
    this.#subscriber = new RedisLink(options.url, "signalbox-subscriber", {
      prepare: (client) => this.#resubscribe(client),
      up: changed,
      down: changed,
      fault,
    });
    this.#publisher = new RedisLink(options.url, "signalbox-publisher", {
      prepare: async () => {},
      up: changed,
      down: changed,
      fault,
    });
  }

  get up(): boolean {
    return this.#up;
  }

  async start(listener: BrokerListener): Promise<void> {
    this.#listener = listener;
    try {
      await Promise.all([this.#subscriber.start(), this.#publisher.start()]);
    } catch (error) {
      await this.close();
      throw new BrokerUnavailable(`cannot reach Redis at ${shown(this.#options.url)}: ${reason(error)}`);
    }
  }

  async subscribe(channel: string): Promise<void> {
    const client = this.#subscriber.client;
    if (client === null) throw new BrokerUnavailable("Redis is not connected");
    this.#channels.add(channel);
    try {
      await client.subscribe(this.#options.prefix + channel, this.#onMessage, true);
    } catch (error) {
      this.#channels.delete(channel);
      throw new BrokerUnavailable(`subscribing failed: ${reason(error)}`);
    }
    // Where the connection was lost meanwhile, the next one subscribes to it again: it is in `#channels`.
  }

  async unsubscribe(channel: string): Promise<void> {
    this.#channels.delete(channel);
    // A connection that breaks here has no subscriptions any more, which is what was asked for.
    await this.#subscriber.client?.unsubscribe(this.#options.prefix + channel).catch(() => {});
  }

  async subscribePattern(pattern: ChannelPattern): Promise<void> {
    const client = this.#subscriber.client;
    if (client === null) throw new BrokerUnavailable("Redis is not connected");
    this.#patterns.push(pattern);
    await this.#psubscribe(client, pattern);
  }

  async publish(channel: string, message: string): Promise<void> {
    const client = this.#publisher.client;
    if (client === null) throw new BrokerUnavailable("Redis is not connected");
    try {
      await client.publish(this.#options.prefix + channel, message);
    } catch (error) {
      throw new BrokerUnavailable(`publishing failed: ${reason(error)}`);
    }
  }

  async close(): Promise<void> {
    this.#listener = null;
    this.#subscriber.close();
    this.#publisher.close();
  }

  async #resubscribe(client: RedisConnection): Promise<void> {
    const subscriptions = this.#patterns.map((pattern) => this.#psubscribe(client, pattern));
    if (this.#channels.size > 0) {
      const names = Array.from(this.#channels, (channel) => this.#options.prefix + channel);
      subscriptions.push(client.subscribe(names, this.#onMessage, true));
    }
    await Promise.all(subscriptions);
  }

  async #psubscribe(client: RedisConnection, pattern: ChannelPattern): Promise<void> {
    const { prefix } = this.#options;
    const onMessage = (message: Buffer, name: Buffer) => {
      const channel = name.toString().slice(prefix.length);
      // Redis' glob takes more than the pattern does: `room:*` also takes `room:1:members`.
      if (pattern.matches(channel)) this.#listener?.message(channel, message);
    };
    await client.pSubscribe(redisGlob(prefix, pattern), onMessage, true);
  }

  readonly #onMessage = (message: Buffer, name: Buffer): void => {
    this.#listener?.message(name.toString().slice(this.#options.prefix.length), message);
  };

  #changed(): void {
    const up = this.#subscriber.client !== null && this.#publisher.client !== null;
    if (up === this.#up) return;
    this.#up = up;
    this.#listener?.state(up);
  }
}

/** The URL without what opens Redis. */
function shown(url: string): string {
  try {
    const { protocol, host } = new URL(url);
    return `${protocol}//${host}`;
  } catch {
    return "an address that is not a URL";
  }
}

function reason(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reason(error.errors[0]);
  if (!(error instanceof Error)) return String(error);
  const text = error.message || error.name;
  return "code" in error && unknownAuthority.has(error.code)
    ? `${text}: NODE_EXTRA_CA_CERTS names a file with the certificate of who has signed it`
    : text;
}

const unknownAuthority: ReadonlySet<unknown> = new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);
