import { createDecipheriv, createHmac, type KeyObject, timingSafeEqual } from "node:crypto";
import { decodeBase64 } from "./base64.js";
import type { MessageFailure } from "./failures.js";
import type { CookieKeys } from "./keys.js";
import type { Digest, Encryption } from "./settings.js";

export type Opened = { readonly bytes: Buffer } | { readonly failure: MessageFailure };

const separator = "--";
const ivBytes = { gcm: 12, cbc: 16 } as const;
const tagBytes = 16;
const hexLength = { sha1: 40, sha256: 64 } as const satisfies Record<Digest, number>;

/**
 * Opens an encrypted cookie. GCM has three parts and CBC two, so that no key is tried on the other's format.
 *
 * @param rings keys in the order in which they are tried; the first that authenticates decides
 */
export function openEncrypted(
  value: string,
  rings: readonly CookieKeys[],
  accepted: readonly Encryption[],
  cbcDigest: Digest,
): Opened {
  const parts = value.split(separator, 4);
  if (parts.length === 3 && accepted.includes("gcm")) return openGcm(parts, rings);
  if (parts.length === 2 && accepted.includes("cbc")) return openCbc(parts, rings, cbcDigest);
  return { failure: "format" };
}

/** Opens a signed cookie: `base64(payload)--hex(HMAC)`. */
export function openSigned(value: string, rings: readonly CookieKeys[], digest: Digest): Opened {
  const parts = value.split(separator, 3);
  if (parts.length !== 2) return { failure: "format" };
  const [data = "", mac = ""] = parts;
  const failure = verify(data, mac, digest, rings, (keys) => keys.signed).failure;
  if (failure !== null) return { failure };
  const bytes = decodeBase64(data);
  return bytes === null ? { failure: "base64" } : { bytes };
}

function openGcm(parts: readonly string[], rings: readonly CookieKeys[]): Opened {
  const [ciphertext, iv, tag] = parts.map(decodeBase64);
  if (!ciphertext || !iv || !tag) return { failure: "base64" };
  // node:crypto takes an IV of any length and, unless told, a tag of 4 bytes: a forgery within 2^32 tries.
  if (iv.length !== ivBytes.gcm) return { failure: "iv_length" };
  if (tag.length !== tagBytes) return { failure: "tag_length" };
  for (const { gcm } of rings) {
    if (gcm === null) continue;
    const decipher = createDecipheriv("aes-256-gcm", gcm, iv, { authTagLength: tagBytes });
    decipher.setAuthTag(tag);
    const bytes = finish(decipher, ciphertext);
    if (bytes !== null) return { bytes };
  }
  return { failure: "tag" };
}

/** `base64(base64(ciphertext)--base64(iv))--hex(HMAC)`; the MAC first, so that padding tells nobody anything. */
function openCbc(parts: readonly string[], rings: readonly CookieKeys[], digest: Digest): Opened {
  const [data = "", mac = ""] = parts;
  const { failure, keys } = verify(data, mac, digest, rings, (ring) => (ring.cbc ? ring.cbcMac : null));
  if (failure !== null) return { failure };
  const inner = decodeBase64(data)?.toString("latin1").split(separator, 3).map(decodeBase64);
  if (inner?.length !== 2) return { failure: inner ? "format" : "base64" };
  const [ciphertext, iv] = inner;
  if (!ciphertext || !iv) return { failure: "base64" };
  if (iv.length !== ivBytes.cbc) return { failure: "iv_length" };
  const bytes = keys.cbc && finish(createDecipheriv("aes-256-cbc", keys.cbc, iv), ciphertext);
  return bytes ? { bytes } : { failure: "cipher" };
}

function finish(decipher: ReturnType<typeof createDecipheriv>, ciphertext: Buffer): Buffer | null {
  const head = decipher.update(ciphertext);
  try {
    return Buffer.concat([head, decipher.final()]);
  } catch {
    return null; // the tag or the padding is wrong: all that `final` throws for
  }
}

type Verified =
  | { readonly failure: null; readonly keys: CookieKeys }
  | { readonly failure: "format" | "mac"; readonly keys?: undefined };

function verify(
  data: string,
  mac: string,
  digest: Digest,
  rings: readonly CookieKeys[],
  keyOf: (keys: CookieKeys) => KeyObject | null,
): Verified {
  if (data === "" || mac.length !== hexLength[digest]) return { failure: "format" };
  const given = Buffer.from(mac, "latin1");
  for (const keys of rings) {
    const key = keyOf(keys);
    if (key === null) continue;
    const expected = Buffer.from(createHmac(digest, key).update(data).digest("hex"), "latin1");
    if (given.length === expected.length && timingSafeEqual(given, expected)) return { failure: null, keys };
  }
  return { failure: "mac" };
}
