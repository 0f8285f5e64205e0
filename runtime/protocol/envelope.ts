/** What Redis carries, on the channel prefix + channel name. Written by Ruby and by gateways. */
export interface Envelope {
  /** Version of the envelope. Its presence tells an envelope from a bare payload. */
  readonly sb: 1;
  /** The event's name on the wire. */
  readonly e: string;
  /** The payload, as the contract's output. */
  readonly d: unknown;
  /** Unique id, made by the publisher. */
  readonly i: string;
  /** When it was published, in ms since 1970. */
  readonly t: number;
  /** Fingerprint of the event in the publisher's contract. */
  readonly f: string;
}

/** A message as read off the broker: an envelope, or the bare payload of a channel that has exactly one event. */
export type BrokerMessage =
  | { readonly kind: "envelope"; readonly envelope: Envelope }
  | { readonly kind: "bare"; readonly data: unknown }
  | { readonly kind: "malformed"; readonly reason: string };
