import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { type LoadedContract, loadConfig, loadContract } from "../../codegen/load/index.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
let loaded: LoadedContract;

beforeAll(async () => {
  const { config, diagnostics } = await loadConfig(root);
  expect(diagnostics).toEqual([]);
  if (config === null) throw new Error("the sample has no configuration");
  loaded = await loadContract(config, root);
});

test("the sample contract loads without a finding", () => {
  expect(loaded.diagnostics).toEqual([]);
  expect(loaded.inputs).toEqual(["schema/inbox.ts", "schema/room.ts", "schema/thing.ts"]);
  expect(loaded.contract?.channels.map((channel) => channel.name)).toEqual(["inbox", "room", "thing"]);
});

test("types take the exported const's name, else the path's", () => {
  expect(loaded.contract?.types.map((type) => [type.name, type.inputDiffers])).toEqual([
    ["Draft", false],
    ["InboxNotified", true],
    ["Message", false],
    ["RoomStartTyping", false],
    ["RoomTyping", false],
    ["ThingUpdated", false],
  ]);
});

test("a channel says which export of which file it is, and where", () => {
  expect(loaded.contract?.channels[1]?.source).toEqual({
    file: "schema/room.ts",
    exportName: "room",
    position: { file: "schema/room.ts", line: 17, column: 21 },
  });
});

/** Changing one of these breaks every deployed page and publisher of the sample: only on purpose. */
test("golden fingerprints", () => {
  const prints = loaded.contract?.channels.flatMap((channel) =>
    channel.events.map((event) => `${channel.name}/${event.name} ${event.payload.fingerprint}`),
  );
  expect(prints).toMatchInlineSnapshot(`
    [
      "inbox/notified 97374478ff80",
      "room/messagePosted 59fbcfc97525",
      "room/typing 1bfad9a40731",
      "thing/updated 51dee616ae0d",
    ]
  `);
});

test("the model is frozen", () => {
  const frozen = (value: unknown): boolean =>
    typeof value !== "object" ||
    value === null ||
    (Object.isFrozen(value) && Object.values(value).every(frozen));
  expect(frozen(loaded.contract)).toBe(true);
});
