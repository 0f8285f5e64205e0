import { decodeBase64 } from "./base64.js";
import type { EnvelopeFailure } from "./failures.js";
import type { PurposeRule } from "./settings.js";

export type Unwrapped =
  /** `expiresAt`: ms since 1970, or `null` where the cookie does not say. */
  { readonly payload: Buffer; readonly expiresAt: number | null } | { readonly failure: EnvelopeFailure };

const start = Buffer.from('{"_rails":');
/** What Rails writes: ISO 8601 with a zone. Without one the moment would depend on this machine's. */
const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

/**
 * Takes the value out of `{"_rails":{"message":base64,"exp":time|null,"pur":"cookie.<name>"|null}}`, which Rails 5.2
 * and later put around it.
 *
 * @param now ms since 1970; a cookie is good while `now` is before its expiry
 */
export function unwrap(bytes: Buffer, cookie: string, rule: PurposeRule, now: number): Unwrapped {
  if (!bytes.subarray(0, start.length).equals(start)) {
    return rule === "required" ? { failure: "purpose_missing" } : { payload: bytes, expiresAt: null };
  }
  const envelope = parseEnvelope(bytes.toString("utf8"));
  if (envelope === null) return { failure: "envelope" };

  const purposeless = envelope.pur === null || envelope.pur === "";
  if (envelope.pur !== `cookie.${cookie}` && !(purposeless && rule === "optional"))
    return { failure: "purpose" };

  let expiresAt: number | null = null;
  if (envelope.exp !== null) {
    if (typeof envelope.exp !== "string" || !timestamp.test(envelope.exp))
      return { failure: "expiry_format" };
    expiresAt = Date.parse(envelope.exp);
    if (Number.isNaN(expiresAt)) return { failure: "expiry_format" };
    if (now >= expiresAt) return { failure: "expired" };
  }
  const payload = decodeBase64(envelope.message);
  return payload === null ? { failure: "base64" } : { payload, expiresAt };
}

interface Envelope {
  readonly message: string;
  readonly exp: unknown;
  readonly pur: unknown;
}

function parseEnvelope(text: string): Envelope | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(parsed) || !isRecord(parsed._rails)) return null;
  const { message, exp = null, pur = null, ...rest } = parsed._rails;
  if (typeof message !== "string" || Object.keys(rest).length > 0 || Object.keys(parsed).length > 1)
    return null;
  return { message, exp, pur };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
