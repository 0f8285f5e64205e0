import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { run } from "../support/ruby.js";
import { project } from "./project.js";

const command = fileURLToPath(new URL("../../bin/signalbox.js", import.meta.url));

/** The whole command, as a machine elsewhere runs it. */
async function generateIn(root: string, env: Readonly<Record<string, string>>): Promise<Map<string, string>> {
  const { status, stderr } = await run(process.execPath, [command, "codegen"], { cwd: root, env });
  expect(status, stderr).toBe(0);
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes("node_modules"))
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(files.sort().map((file) => [file.slice(root.length), readFileSync(file, "utf8")]));
}

test("the same bytes in another folder, time zone and locale, and nothing of the machine in them", async () => {
  const [here, there] = [project(), project()];
  const one = await generateIn(here, { TZ: "UTC", LANG: "C", LC_ALL: "C" });
  const other = await generateIn(there, { TZ: "Asia/Kathmandu", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" });
  expect([...one.keys()]).toEqual([...other.keys()]);
  expect(one.size).toBeGreaterThan(10);
  for (const [path, content] of one) {
    expect(content === other.get(path), path).toBe(true);
    expect(content.includes(here), `${path} has the folder's name in it`).toBe(false);
  }
});
