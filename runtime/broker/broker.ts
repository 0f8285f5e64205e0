/** Carries messages between publishers and gateways, by concrete channel name. What they mean is not its business. */
export interface Broker {
  readonly kind: "memory" | "redis";
  /** Connects and tells the listener from then on. Rejects with one clear sentence where it cannot be reached. */
  start(listener: BrokerListener): Promise<void>;
  /** Whether messages arrive, and can be published, at present. */
  readonly up: boolean;
  /** Once it resolves, messages of the channel arrive. Rejects with {@link BrokerUnavailable}. */
  subscribe(channel: string): Promise<void>;
  /** Asked for when nobody needs the channel any more. Never rejects: a lost connection has no subscriptions. */
  unsubscribe(channel: string): Promise<void>;
  /** For good: takes every channel that the pattern matches. Such channels are not subscribed to by name as well. */
  subscribePattern(pattern: ChannelPattern): Promise<void>;
  /** Resolves when the broker has it. Rejects with {@link BrokerUnavailable}. */
  publish(channel: string, message: string): Promise<void>;
  close(): Promise<void>;
}

/** The literal pieces of a channel's pattern with `null` for each parameter, and the exact test of a name. */
export interface ChannelPattern {
  readonly pieces: readonly (string | null)[];
  matches(channel: string): boolean;
}

export interface BrokerListener {
  /** One message, in the broker's order. Must not throw. */
  message(channel: string, bytes: Uint8Array): void;
  /** The connection was lost (`false`), or stands again (`true`): then messages in between may be missing. */
  state(up: boolean): void;
  /** What went wrong, for the log. The broker goes on trying by itself. */
  fault(error: unknown): void;
}

export class BrokerUnavailable extends Error {
  override readonly name = "BrokerUnavailable";
}
