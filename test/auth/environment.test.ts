import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  findSecrets,
  missingSessionVariables,
  sessionFromEnvironment,
} from "../../runtime/auth/environment.js";
import { checkSecret, SecretError } from "../../runtime/auth/secret.js";
import { cookieHeader, vectors } from "./vectors/index.js";

const written = vectors.find(({ name }) => name === "r7.0/session");
if (written === undefined) throw new Error("the vectors have no session of Rails 7.0");
const secret = written.secret_key_base;
const otherSecret = [...secret].reverse().join("");
const SESSION_KEY = written.cookie;

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "signalbox-secret-"));
  mkdirSync(join(root, "tmp"));
});
afterEach(() => rmSync(root, { recursive: true }));

const session = (environment: Record<string, string>, development = false) =>
  sessionFromEnvironment({ environment, root, development });

describe("in production", () => {
  test("reads the session with SECRET_KEY_BASE and SESSION_KEY", () => {
    const read = session({ SECRET_KEY_BASE: secret, SESSION_KEY });
    expect(read(cookieHeader(written))).toMatchObject({ ok: true, value: { user_id: 42 } });
  });

  test("a line end after the secret does no harm", () => {
    const read = session({ SECRET_KEY_BASE: `${secret}\n`, SESSION_KEY });
    expect(read(cookieHeader(written))).toMatchObject({ ok: true });
  });

  test("names all that is missing in one message", () => {
    expect(missingSessionVariables({ environment: { SESSION_KEY: " " }, development: false })).toEqual([
      "SECRET_KEY_BASE",
      "SESSION_KEY",
    ]);
    expect(() => session({})).toThrow("Missing environment variables: SECRET_KEY_BASE, SESSION_KEY.");
  });

  test("never looks into tmp/", () => {
    writeFileSync(join(root, "tmp/local_secret.txt"), secret);
    expect(findSecrets({ environment: {}, root, development: false })).toEqual([]);
  });

  test("another salt, as configured in Rails, gives other keys", () => {
    const read = session({
      SECRET_KEY_BASE: secret,
      SESSION_KEY,
      AUTHENTICATED_ENCRYPTED_COOKIE_SALT: "salt",
    });
    expect(read(cookieHeader(written))).toEqual({ ok: false, reason: "tag" });
  });

  test("older defaults read older cookies", () => {
    const old = vectors.find(({ name }) => name === "r6.1-signed-sha256/session");
    if (old === undefined) throw new Error("the vectors have no session of Rails 6.1");
    const environment = { SECRET_KEY_BASE: secret, SESSION_KEY };
    expect(session(environment)(cookieHeader(old))).toEqual({ ok: false, reason: "tag" });
    expect(session({ ...environment, RAILS_LOAD_DEFAULTS: "6.1" })(cookieHeader(old))).toMatchObject({
      ok: true,
    });
  });

  test("gateway.ts may name the cookie and its defaults; the environment goes before it", () => {
    const old = vectors.find(({ name }) => name === "r6.1-signed-sha256/session");
    if (old === undefined) throw new Error("the vectors have no session of Rails 6.1");
    const environment = { SECRET_KEY_BASE: secret };
    const cookie = { name: SESSION_KEY, loadDefaults: "6.1" } as const;
    const options = { environment, root, development: false, cookie };
    expect(sessionFromEnvironment(options)(cookieHeader(old))).toMatchObject({ ok: true });
    const overruled = { ...options, environment: { ...environment, RAILS_LOAD_DEFAULTS: "7.0" } };
    expect(sessionFromEnvironment(overruled)(cookieHeader(old))).toEqual({ ok: false, reason: "tag" });
    const renamed = { ...options, environment: { ...environment, SESSION_KEY: "_other_session" } };
    expect(sessionFromEnvironment(renamed)(cookieHeader(old))).toEqual({ ok: false, reason: "missing" });
  });

  test.each(["7", "9.0", "toString"])("RAILS_LOAD_DEFAULTS=%s is refused", (version) => {
    const environment = { SECRET_KEY_BASE: secret, SESSION_KEY, RAILS_LOAD_DEFAULTS: version };
    expect(() => session(environment)).toThrow("it must be one of 4.0, 4.1");
  });
});

describe("in development", () => {
  test.each(["tmp/local_secret.txt", "tmp/development_secret.txt"])("takes Rails' secret from %s", (file) => {
    writeFileSync(join(root, file), secret);
    expect(session({ SESSION_KEY }, true)(cookieHeader(written))).toMatchObject({ ok: true });
  });

  test("tries SECRET_KEY_BASE and the file, since Rails versions differ in which they prefer", () => {
    writeFileSync(join(root, "tmp/local_secret.txt"), secret);
    const read = session({ SESSION_KEY, SECRET_KEY_BASE: otherSecret }, true);
    expect(read(cookieHeader(written))).toMatchObject({ ok: true });
  });

  test("waits for Rails to make its secret, and lets nobody in meanwhile", () => {
    const read = session({ SESSION_KEY }, true);
    expect(read(cookieHeader(written))).toEqual({ ok: false, reason: "no_secret" });
    writeFileSync(join(root, "tmp/local_secret.txt"), secret);
    expect(read(cookieHeader(written))).toMatchObject({ ok: true });
  });

  test("still needs the cookie's name", () => {
    expect(() => session({}, true)).toThrow("Missing environment variables: SESSION_KEY.");
  });
});

describe("a secret that cannot be real is refused", () => {
  test.each([
    ["", "is empty"],
    [" \n", "is empty"],
    ["0123456789abcdef0123456789abc", "has 29 characters"],
    ["a".repeat(128), "is a placeholder"],
    ["change-me-change-me-change-me-change-me", "is a placeholder"],
    ["<your secret key base goes here, please>", "is a placeholder"],
    ["replace_with_the_output_of_bin_rails_secret", "is a placeholder"],
  ])("%j", (text, message) => {
    expect(() => checkSecret(text, "SECRET_KEY_BASE")).toThrow(SecretError);
    expect(() => checkSecret(text, "SECRET_KEY_BASE")).toThrow(`SECRET_KEY_BASE ${message}`);
  });

  test("and its message does not hold it", () => {
    const text = "0123456789abcdef";
    expect(() => checkSecret(text, "SECRET_KEY_BASE")).toThrow(expect.not.stringContaining(text));
  });

  test("also where it comes from Rails' file", () => {
    writeFileSync(join(root, "tmp/local_secret.txt"), "short");
    expect(() => session({ SESSION_KEY }, true)).toThrow("tmp/local_secret.txt has 5 characters");
  });
});
