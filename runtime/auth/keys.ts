import { createSecretKey, type KeyObject, pbkdf2Sync } from "node:crypto";
import { decodeBase64 } from "./base64.js";
import { checkSecret } from "./secret.js";
import type { CookieSalts, DerivedCookieKeys, Digest } from "./settings.js";

/**
 * The keys of one secret; `null` where it was not given. Held as `KeyObject`: with raw bytes, Node 24 takes several
 * times as long for each cipher and MAC.
 */
export interface CookieKeys {
  readonly gcm: KeyObject | null;
  readonly cbc: KeyObject | null;
  readonly cbcMac: KeyObject | null;
  readonly signed: KeyObject | null;
}

/** Bytes of each key in Rails, 4.0 to 8.1. */
const lengths = { gcm: 32, cbc: 32, cbcMac: 64, signed: 64 } as const;

/** What Rails' application key generator uses in every version. */
const iterations = 1000;

export function deriveCookieKeys(secretKeyBase: string, digest: Digest, salts: CookieSalts = {}): CookieKeys {
  const secret = checkSecret(secretKeyBase, "secretKeyBase");
  const derive = (salt: string, length: number) =>
    createSecretKey(pbkdf2Sync(secret, salt, iterations, length, digest));
  return {
    gcm: derive(salts.authenticatedEncryptedCookie ?? "authenticated encrypted cookie", lengths.gcm),
    cbc: derive(salts.encryptedCookie ?? "encrypted cookie", lengths.cbc),
    cbcMac: derive(salts.encryptedSignedCookie ?? "signed encrypted cookie", lengths.cbcMac),
    signed: derive(salts.signedCookie ?? "signed cookie", lengths.signed),
  };
}

/** @throws TypeError where a key is not Base64 of the length that Rails uses */
export function importCookieKeys(keys: DerivedCookieKeys): CookieKeys {
  return {
    gcm: importKey("authenticatedEncryptedCookie", keys.authenticatedEncryptedCookie, lengths.gcm),
    cbc: importKey("encryptedCookie", keys.encryptedCookie, lengths.cbc),
    cbcMac: importKey("encryptedSignedCookie", keys.encryptedSignedCookie, lengths.cbcMac),
    signed: importKey("signedCookie", keys.signedCookie, lengths.signed),
  };
}

function importKey(name: string, text: string | undefined, length: number): KeyObject | null {
  if (text === undefined) return null;
  const bytes = decodeBase64(text.trim());
  if (bytes === null || bytes.length !== length) {
    throw new TypeError(`keys.${name} must be ${length} bytes in Base64, as Rails' generate_key made them.`);
  }
  return createSecretKey(bytes);
}
