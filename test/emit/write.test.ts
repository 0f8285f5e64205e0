import { existsSync, mkdirSync, readdirSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bannerText } from "../../codegen/emit/banner.js";
import { planChanges } from "../../codegen/emit/plan.js";
import { writeChanges } from "../../codegen/emit/write.js";
import { emptyFolder, read } from "./project.js";

const file = (path: string, body: string) => ({ path, content: `// ${bannerText("schema/")}\n${body}\n` });

function write(root: string, ...files: readonly { path: string; content: string }[]): void {
  writeChanges(planChanges(root, files, "1.0.0"));
}

test("an unchanged file keeps its time", () => {
  const root = emptyFolder();
  write(root, file("a.ts", "1"), file("b.ts", "1"));
  const longAgo = new Date("2001-01-01T00:00:00Z");
  for (const name of ["a.ts", "b.ts"]) utimesSync(join(root, name), longAgo, longAgo);
  write(root, file("a.ts", "1"), file("b.ts", "2"));
  expect(statSync(join(root, "a.ts")).mtime).toEqual(longAgo);
  expect(statSync(join(root, "b.ts")).mtime).not.toEqual(longAgo);
});

test("what is stale goes, and with it the folders that are empty then", () => {
  const root = emptyFolder();
  write(root, file("out/deep/er/a.ts", "1"), file("out/b.ts", "1"));
  write(root, file("out/b.ts", "1"));
  expect(readdirSync(join(root, "out"))).toEqual(["b.ts"]);
});

test("where one file cannot be written, none is", () => {
  const root = emptyFolder();
  write(root, file("a.ts", "1"), file("c.ts", "1"), file("old.ts", "1"));
  const plan = planChanges(root, [file("a.ts", "2"), file("b.ts", "1"), file("z.ts", "1")], "1.0.0");
  // Between plan and write somebody puts a folder where a file should go: its rename fails, after the others'.
  mkdirSync(join(root, "z.ts/in-the-way"), { recursive: true });
  expect(() => writeChanges(plan)).toThrow(/z\.ts/);
  expect(read(root, "a.ts")).toBe(file("a.ts", "1").content);
  expect(read(root, "old.ts")).toBe(file("old.ts", "1").content);
  expect(existsSync(join(root, "b.ts"))).toBe(false);
  expect(readdirSync(root).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});
