import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { CodegenRun } from "../../cli/codegen/codegen.js";
import { watchCodegen } from "../../cli/codegen/watch.js";
import { project, read, roomSchema, write } from "./project.js";

let root: string;
let runs: CodegenRun[];
let told: string[];
let end: () => void;
let watching: Promise<void>;

/** Waits for the run with this number, the first being 1. */
const run = (number: number) => vi.waitFor(() => expect(runs.length).toBeGreaterThanOrEqual(number), 20_000);

beforeEach(async () => {
  root = project({ "shared/body.ts": 'import { z } from "zod";\nexport const Body = z.string();\n' });
  write(
    root,
    "schema/room.ts",
    `import { Body } from "../shared/body.js";\n${roomSchema.replace("z.string()", "Body")}`,
  );
  runs = [];
  told = [];
  const ending = new Promise<void>((resolve) => {
    end = resolve;
  });
  watching = watchCodegen(
    {
      folder: root,
      config: "signalbox.config.ts",
      mode: "write",
      format: "text",
      print: (text) => told.push(text),
      complain: (text) => told.push(text),
    },
    ending,
    (finished) => runs.push(finished),
  );
  await run(1);
});

afterEach(async () => {
  end();
  await watching;
});

test("a save is one run: of the schema, of what it imports, of the handlers' folder", async () => {
  write(root, "schema/room.ts", read(root, "schema/room.ts").replace("messagePosted", "posted"));
  await run(2);
  expect(read(root, "out/server/types.ts")).toContain("interface RoomPosted");

  write(root, "shared/body.ts", 'import { z } from "zod";\nexport const Body = z.int();\n');
  await run(3);
  expect(read(root, "out/server/types.ts")).toContain("body: number");

  write(root, "handlers/room.ts", "export default {};\n");
  await run(4);
  expect(read(root, "out/server/index.ts")).toContain("handlers: roomHandlers");

  // An edit of an output wakes nobody: the next run is that of the next save.
  write(root, "out/server/types.ts", "// mine\n");
  write(root, "schema/other.ts", "export const nothing = 1;\n");
  await run(5);
  write(root, "schema/other.ts", "export const nothing = 2;\n");
  await run(6);
  expect(runs).toHaveLength(6);
});

test("a broken schema is told and writes nothing; the save that mends it generates again", async () => {
  const sound = read(root, "schema/room.ts");
  const before = read(root, "out/server/types.ts");
  write(root, "schema/room.ts", `${sound}export const = ;\n`);
  await run(2);
  expect(runs[1]?.code).toBe(1);
  expect(told.join("\n")).toMatch(/schema\/room\.ts:\d+:\d+/);
  expect(read(root, "out/server/types.ts")).toBe(before);

  write(root, "schema/room.ts", sound.replace("messagePosted", "posted"));
  await run(3);
  expect(runs[2]?.code).toBe(0);
  expect(read(root, "out/server/types.ts")).toContain("interface RoomPosted");
});
