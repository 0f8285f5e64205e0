import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeBrokerMessage, encodeEnvelope } from "../../runtime/protocol/envelope.js";
import { MAX_DEPTH } from "../../runtime/protocol/json.js";

const maxBytes = 1_000;
const decode = (text: string) => decodeBrokerMessage(new TextEncoder().encode(text), maxBytes);
const good = {
  sb: 1,
  e: "messagePosted",
  d: { a: 1 },
  i: "id",
  t: 1764000000000,
  f: "0123456789ab",
} as const;

describe("an envelope", () => {
  test("is these bytes", () => {
    expect(encodeEnvelope(good)).toBe(
      '{"sb":1,"e":"messagePosted","d":{"a":1},"i":"id","t":1764000000000,"f":"0123456789ab"}',
    );
  });

  test("is read in any key order, and what else it holds is ignored", () => {
    const text =
      '{"x":[],"f":"0123456789ab","t":1764000000000,"i":"id","d":{"a":1},"e":"messagePosted","sb":1}';
    expect(decode(text)).toEqual({ kind: "envelope", envelope: good });
  });

  test.each([
    [{ sb: 2 }, "unsupported_version"],
    [{ sb: "1" }, "unsupported_version"],
    [{ sb: null }, "unsupported_version"],
    [{ e: "" }, "invalid_event_name"],
    [{ e: 1 }, "invalid_event_name"],
    [{ d: undefined }, "missing_payload"],
    [{ i: "" }, "invalid_id"],
    [{ i: "a b" }, "invalid_id"],
    [{ i: "é" }, "invalid_id"],
    [{ i: "a\n" }, "invalid_id"],
    [{ i: "x".repeat(65) }, "invalid_id"],
    [{ i: 1 }, "invalid_id"],
    [{ t: -1 }, "invalid_time"],
    [{ t: 1.5 }, "invalid_time"],
    [{ t: 2 ** 53 }, "invalid_time"],
    [{ t: "0" }, "invalid_time"],
    [{ f: "0123456789AB" }, "invalid_fingerprint"],
    [{ f: "0123456789abc" }, "invalid_fingerprint"],
    [{ f: undefined }, "invalid_fingerprint"],
  ])("with %j is malformed: %s", (change, reason) => {
    expect(decode(JSON.stringify({ ...good, ...change }))).toEqual({ kind: "malformed", reason });
  });

  test.each([{ i: "!".repeat(64) }, { t: 0 }, { d: null }, { d: false }])("with %j is sound", (change) => {
    expect(decode(JSON.stringify({ ...good, ...change }))).toEqual({
      kind: "envelope",
      envelope: { ...good, ...change },
    });
  });

  test("takes no key from a prototype", () => {
    expect(decode(`{"sb":1,"__proto__":${JSON.stringify(good)}}`)).toEqual({
      kind: "malformed",
      reason: "invalid_event_name",
    });
    expect(decode(`{"__proto__":${JSON.stringify(good)}}`)).toMatchObject({ kind: "bare" });
  });
});

describe("the domain", () => {
  const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
  const wrap = (payload: string) => `{"sb":1,"e":"a","d":${payload},"i":"a","t":1,"f":"0123456789ab"}`;

  test("ends at a depth of 100, counted from the payload", () => {
    expect(decode(nested(MAX_DEPTH))).toMatchObject({ kind: "bare" });
    expect(decode(nested(MAX_DEPTH + 1))).toEqual({ kind: "malformed", reason: "too_deep" });
    expect(decode(wrap(nested(MAX_DEPTH)))).toMatchObject({ kind: "envelope" });
    expect(decode(wrap(nested(MAX_DEPTH + 1)))).toEqual({ kind: "malformed", reason: "too_deep" });
    const objects = (depth: number) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;
    expect(decode(objects(MAX_DEPTH))).toMatchObject({ kind: "bare" });
    expect(decode(objects(MAX_DEPTH + 1))).toEqual({ kind: "malformed", reason: "too_deep" });
  });

  test("ends at the size, in bytes", () => {
    expect(decode(JSON.stringify("é".repeat((maxBytes - 2) / 2)))).toMatchObject({ kind: "bare" });
    expect(decode(JSON.stringify("é".repeat(maxBytes / 2)))).toEqual({
      kind: "malformed",
      reason: "too_large",
    });
  });

  test.each(['"\\ud800"', '"\\udc00\\ud800"', '{"\\ud83d":1}', '[["a\\udfff"]]', '"\\ud83d \\ude00"'])(
    "has no lone surrogates: %s",
    (payload) => {
      expect(decode(payload)).toEqual({ kind: "malformed", reason: "lone_surrogate" });
      expect(decode(wrap(payload))).toEqual({ kind: "malformed", reason: "lone_surrogate" });
    },
  );

  test("has paired ones, escaped or not", () => {
    expect(decode('"\\ud83d\\ude00"')).toEqual({ kind: "bare", data: "😀" });
    expect(decode('"😀"')).toEqual({ kind: "bare", data: "😀" });
  });
});

test("any bytes are read without a throw", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(["bare", "envelope", "malformed"]).toContain(decodeBrokerMessage(bytes, maxBytes).kind);
    }),
  );
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(["bare", "envelope", "malformed"]).toContain(decode(text).kind);
    }),
  );
});

test("what is encoded is decoded", () => {
  const envelopes = fc.record({
    sb: fc.constant(1 as const),
    e: fc.string({ minLength: 1, unit: "grapheme" }),
    d: fc.jsonValue(),
    i: fc.stringMatching(/^[!-~]{1,64}$/),
    t: fc.nat(),
    f: fc.stringMatching(/^[0-9a-f]{12}$/),
  });
  fc.assert(
    fc.property(envelopes, (envelope) => {
      const decoded = decodeBrokerMessage(new TextEncoder().encode(encodeEnvelope(envelope)), 1_000_000);
      expect(decoded).toEqual({ kind: "envelope", envelope: JSON.parse(JSON.stringify(envelope)) });
    }),
  );
});
