import { type Broker, type BrokerListener, BrokerUnavailable, type ChannelPattern } from "./broker.js";

/** A broker inside the gateway's own process: for development, tests, and one gateway without Redis. */
export class MemoryBroker implements Broker {
  readonly kind = "memory";
  #listener: BrokerListener | null = null;
  readonly #channels = new Set<string>();
  readonly #patterns: ChannelPattern[] = [];

  get up(): boolean {
    return this.#listener !== null;
  }

  async start(listener: BrokerListener): Promise<void> {
    this.#listener = listener;
  }

  async subscribe(channel: string): Promise<void> {
    this.#channels.add(channel);
  }

  async unsubscribe(channel: string): Promise<void> {
    this.#channels.delete(channel);
  }

  async subscribePattern(pattern: ChannelPattern): Promise<void> {
    this.#patterns.push(pattern);
  }

  async publish(channel: string, message: string): Promise<void> {
    const listener = this.#listener;
    if (listener === null) throw new BrokerUnavailable("the memory broker is closed");
    if (this.#channels.has(channel) || this.#patterns.some((pattern) => pattern.matches(channel))) {
      listener.message(channel, Buffer.from(message));
    }
  }

  async close(): Promise<void> {
    this.#listener = null;
  }
}
