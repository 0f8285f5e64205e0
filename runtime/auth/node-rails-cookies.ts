import { createSecretKey, pbkdf2Sync } from "node:crypto";
import { openEncrypted } from "./message.js";

/** Named as `node-rails-cookies` names them. */
export interface NodeRailsCookiesOptions {
  /** `secret_key_base`. */
  readonly base: string;
  /** `encrypted cookie`, unless configured. */
  readonly salt: string;
  /** `signed encrypted cookie`, unless configured. */
  readonly signed_salt: string;
  /** 1000 in Rails. */
  readonly iterations: number;
  /** 64 in Rails: the MAC's key; the cipher's is half of it. */
  readonly keylen: number;
}

/**
 * A drop-in for the `node-rails-cookies` package, which throws on every Node since 8 and takes forged MACs: same call,
 * same answer (the plaintext, or `undefined`), and only for the format that it knew, AES-256-CBC with an HMAC, which
 * Rails wrote by default up to 5.1. For everything else, and for expiry and purpose, use `railsSession`.
 *
 * @returns a function that takes a cookie's unescaped value
 */
export function nodeRailsCookies(
  options: NodeRailsCookiesOptions,
): (cookie: string, cipherName?: "aes-256-cbc") => string | undefined {
  const { base, salt, signed_salt, iterations, keylen } = options;
  if (keylen !== 64) throw new TypeError("keylen must be 64, as in Rails.");
  const derive = (keySalt: string, length: number) =>
    createSecretKey(pbkdf2Sync(base, keySalt, iterations, length, "sha1"));
  const keys = { gcm: null, cbc: derive(salt, 32), cbcMac: derive(signed_salt, 64), signed: null };
  return (cookie, cipherName = "aes-256-cbc") => {
    if (cipherName !== "aes-256-cbc") throw new TypeError("Only aes-256-cbc is known; use railsSession.");
    const opened = openEncrypted(cookie, [keys], ["cbc"], "sha1");
    return "bytes" in opened ? opened.bytes.toString("utf8") : undefined;
  };
}
