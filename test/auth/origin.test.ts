import { describe, expect, test } from "vitest";
import { isAllowedOrigin, parseOrigins } from "../../runtime/auth/origin.js";

const production = { allowed: ["https://app.example", "https://admin.example:8443"], development: false };
const development = { allowed: [], development: true };
const self = "https://rt.example";

describe("in production", () => {
  test.each(["https://app.example", "https://admin.example:8443", self])("%s may connect", (origin) => {
    expect(isAllowedOrigin(origin, production, self)).toBe(true);
  });

  test.each([
    undefined,
    "",
    "null",
    "http://app.example",
    "https://APP.example",
    "https://app.example:443",
    "https://app.example/",
    "https://app.example.evil.test",
    "https://evil.test/https://app.example",
    "https://sub.app.example",
    "https://admin.example",
    "http://rt.example",
    "http://localhost:3000",
    "https://app.example, https://evil.test",
  ])("%j may not", (origin) => {
    expect(isAllowedOrigin(origin, production, self)).toBe(false);
  });

  test("a gateway that does not know its own origin takes only the list", () => {
    expect(isAllowedOrigin(self, production, null)).toBe(false);
    expect(isAllowedOrigin("null", production, null)).toBe(false);
  });
});

describe("in development", () => {
  test.each(["http://localhost:3000", "https://localhost", "http://127.0.0.1:5173"])(
    "%s may connect",
    (origin) => {
      expect(isAllowedOrigin(origin, development, null)).toBe(true);
    },
  );

  test.each([
    "http://localhost.evil.test:3000",
    "http://evil.test#localhost:3000",
    "ftp://localhost:3000",
    "null",
    undefined,
  ])("%j may not", (origin) => {
    expect(isAllowedOrigin(origin, development, null)).toBe(false);
  });
});

describe("a list of origins", () => {
  test("is taken where every entry is exactly an origin", () => {
    expect(parseOrigins(["https://app.example", "http://localhost:3000"])).toHaveLength(2);
  });

  test.each([
    ["https://app.example/", 'Write "https://app.example".'],
    ["https://App.example", 'Write "https://app.example".'],
    ["https://app.example:443", 'Write "https://app.example".'],
    ["https://app.example/path", 'Write "https://app.example".'],
    ["app.example", "is not an origin"],
    ["*", "is not an origin"],
    ["https://*.example", "is not an origin"],
    ["null", "is not an origin"],
    ["file:///", "is not an origin"],
  ])("%s is refused: %s", (origin, message) => {
    expect(() => parseOrigins([origin])).toThrow(message);
  });
});
