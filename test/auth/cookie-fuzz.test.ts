/** Edited cookies: none may be taken, none may throw. The seed is printed by fast-check and can be given again. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseCookieHeader } from "../../runtime/auth/cookie-header.js";
import { railsSession, type SessionReader } from "../../runtime/auth/session.js";
import { vectors } from "./vectors/index.js";

interface Genuine {
  readonly name: string;
  readonly cookie: string;
  readonly value: string;
  readonly read: SessionReader;
}

const genuine = vectors
  .filter(
    ({ origin, expect, reader }) =>
      origin === "written by Rails" && expect.ok === true && reader.serializer === "json",
  )
  .map(({ name, reader, jar, cookie, cookie_header, secret_key_base: secretKeyBase, now_ms }): Genuine => {
    const read = railsSession({
      secretKeyBase,
      loadDefaults: reader.key_digest === "sha256" ? "8.1" : "6.1",
      cookie: jar === "signed" ? { signed: cookie } : { encrypted: cookie },
      encryption: ["gcm", "cbc"],
      signedCookieDigest: reader.signed_digest,
      cookiesDigest: reader.cbc_hmac_digest,
      purpose: "optional",
      now: () => now_ms ?? Date.UTC(2027, 0),
    });
    return { name, cookie, value: parseCookieHeader(cookie_header ?? "").get(cookie) ?? "", read };
  })
  .filter(({ cookie, value, read }) => read(`${cookie}=${encodeURIComponent(value)}`).ok);

/** What an attacker, or a proxy, may do to a text. */
const edit = fc.oneof(
  fc.record({
    kind: fc.constant("replace" as const),
    at: fc.nat(),
    text: fc.string({ minLength: 1, maxLength: 4, unit: "binary-ascii" }),
  }),
  fc.record({
    kind: fc.constant("insert" as const),
    at: fc.nat(),
    text: fc.string({ minLength: 1, maxLength: 20, unit: "binary-ascii" }),
  }),
  fc.record({ kind: fc.constant("delete" as const), at: fc.nat(), length: fc.integer({ min: 1, max: 50 }) }),
  fc.record({ kind: fc.constant("flip" as const), at: fc.nat(), bit: fc.integer({ min: 0, max: 5 }) }),
  fc.record({ kind: fc.constant("truncate" as const), at: fc.nat() }),
  fc.record({ kind: fc.constant("swap" as const), at: fc.nat() }),
);
type Edit = typeof edit extends fc.Arbitrary<infer E> ? E : never;

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function apply(value: string, change: Edit): string {
  const at = change.at % value.length;
  const head = value.slice(0, at);
  switch (change.kind) {
    case "replace":
      return head + change.text + value.slice(at + change.text.length);
    case "insert":
      return head + change.text + value.slice(at);
    case "delete":
      return head + value.slice(at + change.length);
    case "flip": {
      const digit = alphabet.indexOf(value[at] ?? "");
      return digit === -1
        ? `${head}A${value.slice(at + 1)}`
        : head + alphabet[digit ^ (1 << change.bit)] + value.slice(at + 1);
    }
    case "truncate":
      return head;
    case "swap":
      return value.split("--").reverse().join("--") + (at % 2 === 0 ? "" : "--");
    default:
      return change satisfies never;
  }
}

test("all kinds of cookie are edited", () => {
  expect(genuine).toHaveLength(117);
});

describe("no edited cookie is taken", () => {
  test("nor does one throw", () => {
    let tried = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...genuine),
        fc.array(edit, { minLength: 1, maxLength: 3 }),
        ({ cookie, value, read }, edits) => {
          const edited = edits.reduce((text, change) => (text === "" ? "A" : apply(text, change)), value);
          fc.pre(edited !== value);
          tried++;
          expect(read(`${cookie}=${encodeURIComponent(edited)}`).ok).toBe(false);
        },
      ),
      { numRuns: 20_000 },
    );
    expect(tried).toBeGreaterThanOrEqual(20_000);
  });

  test("nor does any header", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...genuine),
        fc.string({ unit: "binary", maxLength: 300 }),
        ({ cookie, read }, text) => {
          expect(read(`${cookie}=${text}`).ok).toBe(false);
          expect(read(text).ok).toBe(false);
        },
      ),
      { numRuns: 5_000 },
    );
  });

  test("every single bit of a GCM cookie counts", () => {
    const session = genuine.find(({ name }) => name === "r8.1/enc-int");
    if (session === undefined) throw new Error("the vectors have no r8.1/enc-int");
    const { cookie, value, read } = session;
    const parts = value.split("--").map((part) => Buffer.from(part, "base64"));
    for (const [index, part] of parts.entries()) {
      for (let bit = 0; bit < part.length * 8; bit++) {
        const flipped = Buffer.from(part);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const edited = parts.map((other, i) => (i === index ? flipped : other).toString("base64")).join("--");
        expect(read(`${cookie}=${encodeURIComponent(edited)}`)).toEqual({ ok: false, reason: "tag" });
      }
    }
  });
});
