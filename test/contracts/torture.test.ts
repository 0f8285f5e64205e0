import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { z } from "zod";
import { codegen } from "../../cli/codegen/codegen.js";
import type { Server, ServerChannel } from "../../runtime/gateway/definition.js";
import { Hostile, hostileTexts, hostileValues } from "./torture/schema/hostile.js";

interface Sample {
  readonly channel: string;
  readonly event: string;
  readonly parameters?: Readonly<Record<string, string | number>>;
  readonly payload: unknown;
}

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "torture");
const generated = join(root, "generated");
const samples: readonly Sample[] = [
  ...JSON.parse(readFileSync(join(root, "samples.json"), "utf8")),
  { channel: "hash", event: "object", payload: hostilePayload() },
];
let bundles: string;
let server: Server;

beforeAll(async () => {
  const code = await codegen({
    folder: root,
    config: "signalbox.config.ts",
    mode: "write",
    format: "text",
    print: () => {},
    complain: () => {},
  });
  expect(code).toBe(0);
  // Beside the sources, so that the bundle finds its packages.
  bundles = mkdtempSync(join(generated, "bundle-"));
  const outfile = join(bundles, "server.mjs");
  const entryPoints = [join(generated, "server/index.ts")];
  await build({ entryPoints, outfile, bundle: true, packages: "external", format: "esm", platform: "node" });
  server = (await import(pathToFileURL(outfile).href)).default;
}, 60_000);
afterAll(() => rmSync(bundles, { recursive: true, force: true }));

/** A value for every hostile field, and hostile text in every field that takes text. */
function hostilePayload(): Readonly<Record<string, unknown>> {
  const fields = Object.keys(Hostile.shape).map((name, index) => [
    name,
    name.startsWith("described") ? hostileTexts[index] : index,
  ]);
  return { ...Object.fromEntries(fields), one: hostileValues[3], chosen: hostileValues[8] };
}

function channelOf(name: string): ServerChannel {
  const found = server.channels.find((channel) => channel.name === name);
  if (found === undefined) throw new Error(`there is no channel ${name}`);
  return found;
}

function schemaOf({ channel, event }: Sample): z.ZodType {
  const schema = channelOf(channel).channel.options.events?.[event];
  if (schema === undefined) throw new Error(`there is no event ${event}`);
  return schema;
}

test("the samples use every event, so that nothing is generated and never run", () => {
  const used = new Set(samples.map(({ channel, event }) => `${channel} ${event}`));
  const all = server.channels.flatMap(({ name, events }) =>
    Object.keys(events).map((event) => `${name} ${event}`),
  );
  expect([...used].sort()).toEqual(all.sort());
});

test("what generated Ruby publishes is what zod makes of the same value", () => {
  const output = execFileSync("ruby", ["-w", join(here, "publish.rb"), generated], {
    input: JSON.stringify(samples),
    encoding: "utf8",
  });
  const published: readonly { channel: string; text: string }[] = JSON.parse(output);
  expect(published).toHaveLength(samples.length);
  for (const [index, sample] of samples.entries()) {
    const envelope = JSON.parse(published[index]?.text ?? "");
    expect(envelope, JSON.stringify(sample)).toMatchObject({
      e: sample.event,
      f: channelOf(sample.channel).events[sample.event],
    });
    expect(envelope.d).toEqual(schemaOf(sample).parse(sample.payload));
  }
});

test("the generated server has each channel with its handlers", () => {
  expect(server.channels.map(({ name, handlers }) => [name, handlers !== null])).toEqual([
    ["delete", false],
    ["docs.page", true],
    ["hash", false],
    ["map", true],
    ["time", false],
    ["values", false],
  ]);
  expect(Object.keys(channelOf("map").handlers?.commands ?? {})).toEqual(["new", "delete"]);
});

test("the generated client runs without a package, and names channels as Ruby does", async () => {
  const { realtime } = await import(pathToFileURL(join(generated, "client/realtime.js")).href);
  const key = "7b0f0a52-6b7e-4c58-9d2f-2f8b3a4c5d6e";
  expect(realtime.map({ zone: "a.b", tile: 7, layer: "air", key }).name).toBe(`map:a.b:7:air:${key}`);
  expect(realtime.delete().name).toBe("delete:@me");
  expect(realtime.docsPage({ id: 1 }).name).toBe("docs.page:1");
  expect(readFileSync(join(generated, "client/realtime.js"), "utf8")).not.toMatch(/^import /m);
});
