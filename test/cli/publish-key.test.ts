import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { developmentPublishKey } from "../../cli/dev/publish-key.js";

let root: string;
let file: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "signalbox-key-"));
  file = join(root, "tmp/signalbox.key");
});
afterEach(() => rmSync(root, { recursive: true }));

test("is made on first use, and stays", () => {
  const key = developmentPublishKey(root);
  expect(key).toMatch(/^[0-9a-f]{64}$/);
  expect(developmentPublishKey(root)).toBe(key);
  expect(readFileSync(file, "utf8").trim()).toBe(key);
});

test("is its owner's only, also where the file was made otherwise", () => {
  developmentPublishKey(root);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  chmodSync(file, 0o644);
  developmentPublishKey(root);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test.each(["", "short", "two words that are together long enough"])(
  "a file with %j in it is refused",
  (text) => {
    mkdirSync(join(root, "tmp"));
    writeFileSync(file, text);
    expect(() => developmentPublishKey(root)).toThrow("tmp/signalbox.key holds no key");
  },
);
