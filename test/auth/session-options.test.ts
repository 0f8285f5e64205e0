import { pbkdf2Sync } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { RailsDefaults } from "../../runtime/auth/presets.js";
import { railsSession } from "../../runtime/auth/session.js";
import { cookieHeader, type Vector, vectors } from "./vectors/index.js";

function vector(name: string): Vector {
  const found = vectors.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no vector ${name}`);
  return found;
}

const secretKeyBase = vector("r7.0/session").secret_key_base;
const base = { secretKeyBase, loadDefaults: "7.0", cookie: { encrypted: "user_id" } } as const;

describe("derived keys", () => {
  const key = (salt: string, length: number) =>
    pbkdf2Sync(secretKeyBase, salt, 1000, length, "sha256").toString("base64");

  test("read what the secret reads", () => {
    const read = railsSession({
      keys: { authenticatedEncryptedCookie: key("authenticated encrypted cookie", 32) },
      loadDefaults: "7.0",
      cookie: "_demo_session",
    });
    expect(read(cookieHeader(vector("r7.0/session")))).toMatchObject({ ok: true, value: { user_id: 42 } });
  });

  test("of the wrong length, or not Base64, are refused at start", () => {
    for (const text of [key("x", 31), "not base64", ""]) {
      expect(() =>
        railsSession({
          ...base,
          secretKeyBase: undefined,
          keys: { authenticatedEncryptedCookie: text },
        } as never),
      ).toThrow("keys.authenticatedEncryptedCookie must be 32 bytes in Base64");
    }
  });

  test("that cannot read the cookie are refused at start", () => {
    const keys = { signedCookie: key("signed cookie", 64) };
    expect(() => railsSession({ keys, loadDefaults: "7.0", cookie: "_demo_session" })).toThrow(
      "No key for gcm",
    );
    expect(() => railsSession({ keys, loadDefaults: "5.1", cookie: "_demo_session" })).toThrow(
      "No key for cbc",
    );
    expect(railsSession({ keys, loadDefaults: "7.0", cookie: { signed: "user_id" } })(undefined).ok).toBe(
      false,
    );
  });
});

describe("rotations", () => {
  const old = cookieHeader(vector("r6.1-json/enc-int"));

  test("without one, a cookie under the old key digest is refused", () => {
    expect(railsSession(base)(old)).toEqual({ ok: false, reason: "tag" });
  });

  test("with one, it is read, and the new ones still are", () => {
    const read = railsSession({ ...base, rotations: [{ secretKeyBase, keyDigest: "sha1" }] });
    expect(read(old)).toMatchObject({ ok: true, value: 42 });
    expect(read(cookieHeader(vector("r7.0/enc-int")))).toMatchObject({ ok: true, value: 42 });
  });

  test("expiry counts under an old key too", () => {
    const { now_ms } = vector("r6.0-json/enc-expired");
    const read = railsSession({
      ...base,
      cookie: { encrypted: "ticket" },
      rotations: [{ secretKeyBase, keyDigest: "sha1" }],
      now: () => now_ms ?? 0,
    });
    expect(read(cookieHeader(vector("r6.0-json/enc-expired")))).toEqual({ ok: false, reason: "expired" });
  });
});

describe("expiry", () => {
  const { now_ms } = vector("r8.1/enc-exp");
  const read = (now: number) =>
    railsSession({ ...base, cookie: { encrypted: "ticket" }, now: () => now })(
      cookieHeader(vector("r8.1/enc-exp")),
    );

  test("is told, and its own millisecond is too late", () => {
    const result = read(now_ms ?? 0);
    expect(result).toMatchObject({ ok: true, expiresAt: expect.any(Number) });
    const expiresAt = (result.ok && result.expiresAt) || 0;
    expect(read(expiresAt - 1)).toMatchObject({ ok: true });
    expect(read(expiresAt)).toEqual({ ok: false, reason: "expired" });
  });

  test("is null where the cookie has none", () => {
    expect(railsSession(base)(cookieHeader(vector("r8.1/enc-int")))).toEqual({
      ok: true,
      value: 42,
      expiresAt: null,
    });
  });
});

test("a session that is not a Hash is refused", () => {
  const read = railsSession({ ...base, cookie: "user_id" });
  expect(read(cookieHeader(vector("r8.1/enc-int")))).toEqual({ ok: false, reason: "not_an_object" });
});

describe("options that could never read a cookie are refused at start", () => {
  test.each([
    [{ ...base, loadDefaults: "9.9" as RailsDefaults }, "loadDefaults must be one of 4.0, 4.1"],
    [{ ...base, loadDefaults: "toString" as RailsDefaults }, "loadDefaults must be one of 4.0, 4.1"],
    [{ ...base, cookie: "" }, "The cookie's name is empty"],
    [{ ...base, encryption: [] }, "No key for any format"],
    [{ ...base, secretKeyBase: "short" }, "secretKeyBase has 5 characters"],
    [{ ...base, rotations: [{ secretKeyBase: "" }] }, "secretKeyBase is empty"],
  ])("%#", (options, message) => {
    expect(() => railsSession(options)).toThrow(message);
  });
});
