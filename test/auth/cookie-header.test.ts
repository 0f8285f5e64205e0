import { expect, test } from "vitest";
import { parseCookieHeader } from "../../runtime/auth/cookie-header.js";

const read = (header: string | undefined) => Object.fromEntries(parseCookieHeader(header));

test("no header, or an empty one, has no cookies", () => {
  expect(read(undefined)).toEqual({});
  expect(read("")).toEqual({});
  expect(read("; ;  ;")).toEqual({});
});

test("values are decoded, names are not", () => {
  expect(read("a=%2B%2F%3D; user%5Fid=1; b=x+y")).toEqual({ a: "+/=", "user%5Fid": "1", b: "x y" });
});

test("of two cookies with one name the first counts", () => {
  expect(read("a=1; a=2; b=3; a=")).toEqual({ a: "1", b: "3" });
});

test("only the first equals sign parts name and value", () => {
  expect(read("a=b=c==; d; =e")).toEqual({ a: "b=c==", d: "", "": "e" });
});

test("what is no percent-encoding stays as it was sent", () => {
  expect(read("a=%zz; b=%; c=%ff; d=%41")).toEqual({ a: "%zz", b: "%", c: "%ff", d: "A" });
});

test("commas and quotes part nothing", () => {
  expect(read('a="1, b=2"; c=3')).toEqual({ a: '"1, b=2"', c: "3" });
});

test("a cookie called __proto__ is a cookie like any other", () => {
  const cookies = parseCookieHeader("__proto__=x; constructor=y");
  expect(cookies.get("__proto__")).toBe("x");
  expect(cookies.get("constructor")).toBe("y");
  expect(cookies.get("toString")).toBeUndefined();
});
