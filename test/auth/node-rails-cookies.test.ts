/**
 * `node-rails-cookies` 0.0.0 is what the article used. Here it is the oracle of the format that Rails wrote up to 5.1,
 * and the proof of why it is not what this package runs.
 */
import type crypto from "node:crypto";
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { parseCookieHeader } from "../../runtime/auth/cookie-header.js";
import { parseExactJson } from "../../runtime/auth/exact-json.js";
import { nodeRailsCookies } from "../../runtime/auth/node-rails-cookies.js";
import { railsSession } from "../../runtime/auth/session.js";
import { vectors } from "./vectors/index.js";

type Decrypt = (cookie: string, cipherName: "aes-256-cbc") => string | undefined;
type Parser = (options: object) => Decrypt;

const load = createRequire(import.meta.url);
const original: Parser = load("node-rails-cookies");

const secret = vectors[0]?.secret_key_base ?? "";
const options = {
  base: secret,
  salt: "encrypted cookie",
  signed_salt: "signed encrypted cookie",
  iterations: 1000,
  keylen: 64,
};

/** Values that Rails 4.1 to 5.1 encrypted, unescaped. */
const legacy = vectors
  .filter(
    ({ config, jar, origin }) =>
      /^r(4\.[12]|5\.[01])-json$/.test(config) && jar !== "signed" && origin === "written by Rails",
  )
  .map(({ name, cookie, cookie_header }) => ({
    name,
    cookie,
    value: parseCookieHeader(cookie_header ?? "").get(cookie) ?? "",
  }));

test("the original throws on every Node since 8", () => {
  expect(() => original(options)).toThrow(expect.objectContaining({ code: "ERR_INVALID_ARG_TYPE" }));
});

describe("the original with the digest that its PBKDF2 call lacks", () => {
  let oracle: Decrypt;
  const said = vi.spyOn(console, "log").mockImplementation(() => undefined);

  beforeAll(() => {
    const cryptoModule: { pbkdf2Sync: typeof crypto.pbkdf2Sync } = load("node:crypto");
    const { pbkdf2Sync } = cryptoModule;
    cryptoModule.pbkdf2Sync = (password, salt, iterations, length, digest = "sha1") =>
      pbkdf2Sync(password, salt, iterations, length, digest);
    oracle = original(options);
    cryptoModule.pbkdf2Sync = pbkdf2Sync;
  });
  afterAll(() => said.mockRestore());

  test("there are cookies of Rails 4.1 to 5.1 to compare", () => {
    expect(legacy.length).toBeGreaterThanOrEqual(16);
  });

  test.each(legacy)("agrees with ours about $name", ({ cookie, value }) => {
    const plaintext = oracle(value, "aes-256-cbc");
    expect(plaintext).toBeTypeOf("string");
    expect(nodeRailsCookies(options)(value, "aes-256-cbc")).toBe(plaintext);

    const read = railsSession({ secretKeyBase: secret, loadDefaults: "5.1", cookie: { encrypted: cookie } });
    expect(read(`${cookie}=${encodeURIComponent(value)}`)).toEqual({
      ok: true,
      value: parseExactJson(plaintext ?? ""),
      expiresAt: null,
    });
  });

  // It compares characters with `a[i] ^ b[i]`: any letter equals any letter, and `0`.
  test.each([
    ["every letter of the MAC replaced by z", (mac: string) => mac.replaceAll(/[a-f]/g, "z")],
    ["every letter of the MAC replaced by 0", (mac: string) => mac.replaceAll(/[a-f]/g, "0")],
    [
      "one letter of the MAC replaced by another",
      (mac: string) => mac.replace(/[a-f]/, (c) => (c === "a" ? "b" : "a")),
    ],
  ])("takes a forged cookie that ours refuses: %s", (_name, forge) => {
    for (const { cookie, value } of legacy) {
      const [data = "", mac = ""] = value.split("--");
      const forged = `${data}--${forge(mac)}`;
      expect(forged).not.toBe(value);

      expect(oracle(forged, "aes-256-cbc")).toBe(oracle(value, "aes-256-cbc"));

      expect(nodeRailsCookies(options)(forged, "aes-256-cbc")).toBeUndefined();
      const read = railsSession({
        secretKeyBase: secret,
        loadDefaults: "5.1",
        cookie: { encrypted: cookie },
      });
      expect(read(`${cookie}=${encodeURIComponent(forged)}`)).toEqual({ ok: false, reason: "mac" });
    }
  });
});

describe("the drop-in", () => {
  test.each(["", "--", "junk", "a--b--c"])("answers undefined for %j", (cookie) => {
    expect(nodeRailsCookies(options)(cookie)).toBeUndefined();
  });

  test("refuses options and ciphers that Rails never used", () => {
    expect(() => nodeRailsCookies({ ...options, keylen: 32 })).toThrow("keylen must be 64");
    expect(() => nodeRailsCookies(options)("x", "aes-128-cbc" as "aes-256-cbc")).toThrow("Only aes-256-cbc");
  });
});
