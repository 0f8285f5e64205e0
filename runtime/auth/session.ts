import { parseCookieHeader } from "./cookie-header.js";
import { unwrap } from "./envelope.js";
import { parseExactJson } from "./exact-json.js";
import type { SessionFailure } from "./failures.js";
import { type CookieKeys, deriveCookieKeys, importCookieKeys } from "./keys.js";
import { openEncrypted, openSigned } from "./message.js";
import { isRailsDefaults, presets, type RailsDefaults } from "./presets.js";
import type { CookieSalts, DerivedCookieKeys, Digest, Encryption, PurposeRule } from "./settings.js";

/** One secret, or the keys that Rails made of it. */
export type KeySource =
  | { readonly secretKeyBase: string; readonly keyDigest?: Digest; readonly salts?: CookieSalts }
  | { readonly keys: DerivedCookieKeys };

export type CookieSelector = string | { readonly encrypted: string } | { readonly signed: string };

/** How the Rails application writes the cookie; the defaults are those of its `config.load_defaults`. */
export type RailsSessionOptions = KeySource & {
  /** The version in `config.load_defaults`, which may be older than Rails itself. */
  readonly loadDefaults: RailsDefaults;
  /** The session cookie's name (`_app_session`), or a cookie of the `cookies.encrypted` or `cookies.signed` jar. */
  readonly cookie: CookieSelector;
  /** Formats of encrypted cookies that are taken. Default: `["cbc"]` up to 5.1, `["gcm"]` from 5.2. */
  readonly encryption?: readonly Encryption[];
  /** HMAC of CBC cookies: `config.action_dispatch.cookies_digest`. Default: SHA-1, as in Rails. */
  readonly cookiesDigest?: Digest;
  /** HMAC of signed cookies: `config.action_dispatch.signed_cookie_digest`. Default: SHA-1, as in Rails. */
  readonly signedCookieDigest?: Digest;
  /**
   * Whether the cookie must say that it was written for this name. Default: `required` from 6.0, where Rails writes
   * it; before, a value moves freely between the names of one jar.
   */
  readonly purpose?: PurposeRule;
  /** Older keys, tried in this order after the current one: `config.action_dispatch.cookies_rotations`. */
  readonly rotations?: readonly KeySource[];
  /** ms since 1970. Default: `Date.now`. */
  readonly now?: () => number;
  /** Longest value that is looked at, in characters. Default: 8192; Rails writes at most 4096 bytes. */
  readonly maxLength?: number;
};

export type SessionResult<Value = unknown> =
  /** `expiresAt`: ms since 1970, `null` where the cookie does not expire by itself. */
  | { readonly ok: true; readonly value: Value; readonly expiresAt: number | null }
  | { readonly ok: false; readonly reason: SessionFailure };

/** Reads one cookie out of a `Cookie` header. Never throws. */
export type SessionReader<Value = unknown> = (cookieHeader: string | undefined) => SessionResult<Value>;

const defaultMaxLength = 8192;

/**
 * Makes a reader of the session (or of an encrypted or signed cookie) that a Rails application, 4.0 to 8.1, wrote with
 * its JSON serializer. Keys are derived here, once: make the reader at start, not for each request.
 *
 * Integers beyond 2^53 are `bigint`. Formats and their sources: `docs/cookies.md`.
 *
 * @throws SecretError for a secret that cannot be real, TypeError for options that could never read a cookie
 * @example
 * const readSession = railsSession({ secretKeyBase, loadDefaults: "7.2", cookie: "_app_session" });
 * const session = readSession(request.headers.cookie);
 * if (session.ok) console.log(session.value.user_id);
 */
export function railsSession(
  options: RailsSessionOptions & { readonly cookie: string },
): SessionReader<Readonly<Record<string, unknown>>>;
export function railsSession(options: RailsSessionOptions): SessionReader;
export function railsSession(options: RailsSessionOptions): SessionReader {
  if (!isRailsDefaults(options.loadDefaults)) {
    throw new TypeError(`loadDefaults must be one of ${Object.keys(presets).join(", ")}.`);
  }
  const preset = presets[options.loadDefaults];
  const { jar, name } = selectCookie(options.cookie);
  const encryption = options.encryption ?? preset.encryption;
  const rings = [options, ...(options.rotations ?? [])].map((source) => keysOf(source, preset.keyDigest));
  requireKeys(rings[0], jar === "signed" ? ["signed"] : encryption);
  const purpose = options.purpose ?? preset.purpose;
  const cookiesDigest = options.cookiesDigest ?? "sha1";
  const signedCookieDigest = options.signedCookieDigest ?? "sha1";
  const maxLength = options.maxLength ?? defaultMaxLength;
  const now = options.now ?? Date.now;

  return (cookieHeader) => {
    const text = parseCookieHeader(cookieHeader).get(name);
    if (text === undefined || text === "") return { ok: false, reason: "missing" };
    if (text.length > maxLength) return { ok: false, reason: "too_long" };

    const opened =
      jar === "signed"
        ? openSigned(text, rings, signedCookieDigest)
        : openEncrypted(text, rings, encryption, cookiesDigest);
    if ("failure" in opened) return { ok: false, reason: opened.failure };

    const unwrapped = unwrap(opened.bytes, name, purpose, now());
    if ("failure" in unwrapped) return { ok: false, reason: unwrapped.failure };

    const read = deserialize(unwrapped.payload);
    if ("failure" in read) return { ok: false, reason: read.failure };
    if (jar === "session" && !isHash(read.value)) return { ok: false, reason: "not_an_object" };
    return { ok: true, value: read.value, expiresAt: unwrapped.expiresAt };
  };
}

function selectCookie(cookie: CookieSelector): { jar: "session" | "encrypted" | "signed"; name: string } {
  const [jar, name] =
    typeof cookie === "string"
      ? (["session", cookie] as const)
      : "signed" in cookie
        ? (["signed", cookie.signed] as const)
        : (["encrypted", cookie.encrypted] as const);
  if (name === "") throw new TypeError("The cookie's name is empty.");
  return { jar, name };
}

function keysOf(source: KeySource, presetDigest: Digest): CookieKeys {
  return "keys" in source
    ? importCookieKeys(source.keys)
    : deriveCookieKeys(source.secretKeyBase, source.keyDigest ?? presetDigest, source.salts);
}

function requireKeys(keys: CookieKeys | undefined, uses: readonly (Encryption | "signed")[]): void {
  const missing = uses.filter((use) =>
    use === "cbc" ? !(keys?.cbc && keys.cbcMac) : use === "gcm" ? !keys?.gcm : !keys?.signed,
  );
  if (uses.length === 0 || missing.length > 0) {
    throw new TypeError(`No key for ${missing.join(" and ") || "any format"}: no cookie could be read.`);
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

type Deserialized = { readonly value: unknown } | { readonly failure: SessionFailure };

/** JSON only. In Ruby, Marshal of chosen bytes runs code; Node opens no second such door. */
function deserialize(payload: Buffer): Deserialized {
  if (payload[0] === 0x04 && payload[1] === 0x08) return { failure: "marshal" };
  if (payload[0] === 0xcc && payload[1] === 0x80) return { failure: "message_pack" };
  let text: string;
  try {
    text = utf8.decode(payload);
  } catch {
    return { failure: "utf8" };
  }
  const value = parseExactJson(text);
  return value === undefined ? { failure: "json" } : { value };
}

function isHash(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
