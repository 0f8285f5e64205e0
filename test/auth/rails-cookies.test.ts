import { describe, expect, test } from "vitest";
import type { SessionFailure } from "../../runtime/auth/failures.js";
import { presets, type RailsDefaults } from "../../runtime/auth/presets.js";
import { railsSession, type SessionReader } from "../../runtime/auth/session.js";
import { cookieHeader, type Vector, vectors } from "./vectors/index.js";

/** The vectors speak of settings, not of `load_defaults`; any version with the same key digest will do. */
const loadDefaults = (digest: "sha1" | "sha256"): RailsDefaults => (digest === "sha256" ? "8.1" : "6.1");

function readerFor(vector: Vector): SessionReader {
  const { reader, jar, cookie, secret_key_base: secretKeyBase, now_ms: now } = vector;
  const [keyDigest, ...olderDigests] = [reader.key_digest].flat();
  if (keyDigest === undefined) throw new Error(`${vector.name} has no key digest`);
  return railsSession({
    secretKeyBase,
    loadDefaults: loadDefaults(keyDigest),
    cookie: jar === "signed" ? { signed: cookie } : jar === "encrypted" ? { encrypted: cookie } : cookie,
    encryption: reader.encrypted.map((cipher) => (cipher === "aes-256-gcm" ? "gcm" : "cbc")),
    cookiesDigest: reader.cbc_hmac_digest,
    signedCookieDigest: reader.signed_digest,
    purpose: reader.purpose,
    rotations: olderDigests.map((digest) => ({ secretKeyBase, keyDigest: digest })),
    ...(now === null ? {} : { now: () => now }),
  });
}

const read = (vector: Vector) => readerFor(vector)(cookieHeader(vector));

/** The vectors' word for why, in ours. */
const reasons: Readonly<Record<string, SessionFailure>> = {
  missing: "missing",
  "too-long": "too_long",
  percent: "format", // Rack hands on what it cannot decode, and so does our parser
  format: "format",
  base64: "base64",
  "base64-noncanonical": "base64",
  "iv-length": "iv_length",
  "tag-length": "tag_length",
  tag: "tag",
  mac: "mac",
  cipher: "cipher",
  utf8: "utf8",
  envelope: "envelope",
  "exp-format": "expiry_format",
  expired: "expired",
  purpose: "purpose",
  "purpose-missing": "purpose_missing",
  json: "json",
  "serializer-marshal": "marshal",
  "serializer-message_pack": "message_pack",
};

const json = vectors.filter(({ reader }) => reader.serializer === "json");
const others = vectors.filter(({ reader }) => reader.serializer !== "json");

/** Every session holds its own id, which the vectors leave out. */
function withoutSessionId(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== "session_id"));
}

test("the vectors are all there", () => {
  expect(vectors).toHaveLength(766);
  expect(json).toHaveLength(679);
  expect(new Set(vectors.map(({ config }) => config))).toHaveProperty("size", 29);
});

describe("applications with the JSON serializer: every vector", () => {
  test.each(json.filter((vector) => vector.expect.ok === true))("takes $name", (vector) => {
    const result = read(vector);
    expect(result).toMatchObject({ ok: true });
    if (result.ok) expect(withoutSessionId(result.value)).toEqual(vector.expect.value);
  });

  test.each(json.filter((vector) => vector.expect.ok === false))("refuses $name", (vector) => {
    const hint = vector.expect.reason_hint ?? "";
    // A value of many "--" has no cookie's shape, and so gets no further here than that.
    const reason = vector.name === "header/huge-dashes" ? "format" : reasons[hint];
    expect(read(vector)).toEqual({ ok: false, reason });
  });

  test.each(json.filter((vector) => vector.expect.ok === "any"))("survives $name", (vector) => {
    const result = read(vector);
    if (!result.ok) return;
    expect(result.value).not.toBe(42);
    expect(Object.getPrototypeOf(result.value)).toBe(Object.prototype);
    expect(result.value).not.toHaveProperty("admin");
  });
});

// Only JSON is read. An application with another serializer may still have written JSON (hybrid does): then the value
// must be right; else the refusal must name the serializer, so that the log says what to change.
describe("applications with another serializer", () => {
  test.each(others.filter((vector) => vector.expect.ok === true))("reads or names $name", (vector) => {
    const result = read(vector);
    if (result.ok) expect(withoutSessionId(result.value)).toEqual(vector.expect.value);
    else expect(["marshal", "message_pack"]).toContain(result.reason);
  });

  test("as many are JSON, Marshal and MessagePack as Rails wrote", () => {
    const count = new Map<string, number>();
    for (const vector of others.filter(({ expect }) => expect.ok === true)) {
      const result = read(vector);
      const answer = result.ok ? "json" : result.reason;
      count.set(answer, (count.get(answer) ?? 0) + 1);
    }
    expect(Object.fromEntries(count)).toEqual({ json: 20, marshal: 22, message_pack: 12 });
  });

  test.each(others.filter((vector) => vector.expect.ok === false))("refuses $name", (vector) => {
    expect(read(vector)).toMatchObject({ ok: false });
  });
});

describe("load_defaults alone is enough for what Rails wrote", () => {
  const special = [
    "cookies_digest",
    "signed_cookie_digest",
    "use_authenticated_cookie_encryption",
    "rotations",
  ];
  const plain = json.filter(
    ({ origin, config, settings }) =>
      origin === "written by Rails" &&
      config !== "r8.1-nopurpose" &&
      special.every((setting) => !(setting in settings)),
  );

  test("all versions are among them", () => {
    expect(plain.length).toBeGreaterThan(100);
    expect(new Set(plain.map(versionOf))).toEqual(new Set(Object.keys(presets).filter((v) => v !== "4.0")));
  });

  test.each(plain)("$name", (vector) => {
    const { jar, cookie, secret_key_base: secretKeyBase, now_ms: now } = vector;
    const result = railsSession({
      secretKeyBase,
      loadDefaults: versionOf(vector),
      cookie: jar === "signed" ? { signed: cookie } : jar === "encrypted" ? { encrypted: cookie } : cookie,
      ...(now === null ? {} : { now: () => now }),
    })(cookieHeader(vector));
    expect(result.ok).toBe(vector.expect.ok);
    if (result.ok) expect(withoutSessionId(result.value)).toEqual(vector.expect.value);
  });
});

function versionOf({ settings, rails_version }: Vector): RailsDefaults {
  const version = settings.load_defaults ?? rails_version.slice(0, 3);
  const known = Object.keys(presets).find((preset): preset is RailsDefaults => preset === version);
  if (known === undefined) throw new Error(`no preset for ${version}`);
  return known;
}
