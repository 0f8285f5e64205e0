import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { codegen } from "../../cli/codegen/codegen.js";
import { loadContract } from "../../codegen/load/index.js";
import { compileWith6, compileWith7 } from "./compiler.js";
import { countProofs, proofs } from "./proofs.js";

// Each folder is a project as a user has one. What is generated must compile with its handlers under both compilers, and
// its types must be what zod infers.
const folder = fileURLToPath(new URL("../contracts", import.meta.url));
const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, "signalbox.config.ts")));

test("there are contracts", () => {
  expect(names).toEqual(["game", "torture", "trading", "workspace"]);
});

describe.each(names)("%s", { timeout: 120_000 }, (name) => {
  const root = join(folder, name);
  const config = join(root, "tsconfig.json");

  beforeAll(async () => {
    const told: string[] = [];
    const code = await codegen({
      folder: root,
      config: "signalbox.config.ts",
      mode: "write",
      format: "text",
      print: () => {},
      complain: (text) => told.push(text),
    });
    expect(code, told.join("\n")).toBe(0);
    const { contract } = await loadContract({ schema: "schema" }, root);
    if (contract === null) throw new Error("the contract was loaded a moment ago");
    const text = proofs(contract, "generated/server", "generated/client");
    expect(countProofs(text)).toBeGreaterThan(10);
    writeFileSync(join(root, "generated/server/proofs.ts"), text);
  }, 120_000);

  test("compiles, and its types are what zod infers, with TypeScript 6", () => {
    expect(compileWith6(config)).toEqual([]);
  });

  test("compiles, and its types are what zod infers, with TypeScript 7", () => {
    expect(compileWith7(config)).toEqual([]);
  });
});
