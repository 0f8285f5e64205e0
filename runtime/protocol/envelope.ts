import { decodeUtf8, faultOf, isRecord, type JsonFault, own, parseJson } from "./json.js";

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

/** Why a message is not read any further: a fault of its JSON, or of one key of its envelope. */
export type MalformedReason =
  | JsonFault
  | "unsupported_version"
  | "invalid_event_name"
  | "missing_payload"
  | "invalid_id"
  | "invalid_time"
  | "invalid_fingerprint";

/** A message as read off the broker: an envelope, or the bare payload of a channel that has exactly one event. */
export type BrokerMessage =
  | { readonly kind: "envelope"; readonly envelope: Envelope }
  | { readonly kind: "bare"; readonly data: unknown }
  | { readonly kind: "malformed"; readonly reason: MalformedReason };

/** The largest message that is taken off the broker, in bytes, unless configured. */
export const DEFAULT_MAX_MESSAGE_BYTES = 1024 * 1024;

const idPattern = /^[\x21-\x7e]{1,64}$/;
const fingerprintPattern = /^[0-9a-f]{12}$/;

/** Reads what the broker carried (`docs/protocol.md` §2.2). Never throws; knows nothing of the contract. */
export function decodeBrokerMessage(bytes: Uint8Array, maxBytes: number): BrokerMessage {
  const text = decodeUtf8(bytes, maxBytes);
  if (!text.ok) return malformed(text.fault);
  const parsed = parseJson(text.value);
  if (!parsed.ok) return malformed(parsed.fault);
  const message = parsed.value;
  if (isRecord(message) && Object.hasOwn(message, "sb")) return decodeEnvelope(message);
  const fault = faultOf(message);
  return fault === null ? { kind: "bare", data: message } : malformed(fault);
}

function decodeEnvelope(message: Readonly<Record<string, unknown>>): BrokerMessage {
  if (own(message, "sb") !== 1) return malformed("unsupported_version");
  const e = own(message, "e");
  if (typeof e !== "string" || e === "") return malformed("invalid_event_name");
  if (!Object.hasOwn(message, "d")) return malformed("missing_payload");
  const d = own(message, "d");
  const fault = faultOf(d);
  if (fault !== null) return malformed(fault);
  const i = own(message, "i");
  if (typeof i !== "string" || !idPattern.test(i)) return malformed("invalid_id");
  const t = own(message, "t");
  if (typeof t !== "number" || !Number.isSafeInteger(t) || t < 0) return malformed("invalid_time");
  const f = own(message, "f");
  if (typeof f !== "string" || !fingerprintPattern.test(f)) return malformed("invalid_fingerprint");
  return { kind: "envelope", envelope: { sb: 1, e, d, i, t, f } };
}

/** Writes an envelope. `d` must be JSON already: what the contract's schema gave. */
export function encodeEnvelope(envelope: Envelope): string {
  return JSON.stringify(envelope);
}

function malformed(reason: MalformedReason): BrokerMessage {
  return { kind: "malformed", reason };
}
