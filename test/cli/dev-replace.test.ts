import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { freePort } from "../../scripts/line/ports.mjs";
import { Browser } from "../gateway/browser.js";
import { startRedis } from "../support/redis.js";
import { handlers, Project, Run, schema } from "./project.js";

// What a change can break before the new gateway listens. The pages of the one that runs must not feel any of it.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const environment = {
  SECRET_KEY_BASE: "0f1e2d3c4b5a69788796a5b4c3d2e1f0".repeat(4),
  SESSION_KEY: "_app_session",
};

let project: Project;
let run: Run;
let page: Browser;

beforeAll(async () => {
  project = new Project();
  const port = await freePort();
  run = new Run(project.root, ["dev", "--port", String(port)], environment);
  await run.says("The gateway is at");
  page = await Browser.connect(port, { origin: "http://localhost:3000" });
  await page.subscribe("thing");
});
afterAll(async () => {
  page?.socket.terminate();
  await run?.stop("SIGKILL");
  project.delete();
});

const gateway = (inside: string) => `
import { defineGateway, session } from "signalbox/gateway";
export default defineGateway({ ${inside} });
`;
const sound = {
  "handlers/thing.ts": handlers("first"),
  "schema/thing.ts": schema(100),
  "gateway.ts": gateway('origins: [], identify: session("user_id")'),
} as const;
type Source = keyof typeof sound;

const thing = (inside: string) => `
import { handlers } from "../generated/server/handlers.js";
const touch = async () => ({ by: "second" });
export default handlers.thing(${inside} as never);
`;

const broken: readonly (readonly [what: string, file: Source, text: string | null, told: string])[] = [
  [
    "a handler of an event that there is not",
    "handlers/thing.ts",
    thing("{ commands: { touch }, on: { vanished() {} } }"),
    "listens to vanished, which is no event of the contract",
  ],
  [
    "a handler of a command that there is not",
    "handlers/thing.ts",
    thing("{ commands: { touch, vanish: touch } }"),
    "handles vanish, which is no command of the contract",
  ],
  [
    "no handler of a command",
    "handlers/thing.ts",
    thing("{ commands: {} }"),
    "has no handler of the command touch",
  ],
  [
    "a handler that is none",
    "handlers/thing.ts",
    thing("{ commands: { touch }, on: { updated: 1 } }"),
    "listens to updated with what is no function",
  ],
  [
    "handlers that throw",
    "handlers/thing.ts",
    `${handlers("second")}throw new Error("broken on purpose");`,
    "broken on purpose",
  ],
  [
    "handlers without an export",
    "handlers/thing.ts",
    "export {};",
    'No matching export in "handlers/thing.ts"',
  ],
  ["handlers that are not there", "handlers/thing.ts", null, "handlers/thing.ts is missing"],
  ["handlers that do not compile", "handlers/thing.ts", "export default {", "handlers/thing.ts:1:17"],
  [
    "a package that is not installed",
    "handlers/thing.ts",
    `import "not-installed";${handlers("second")}`,
    "Cannot find package 'not-installed'",
  ],
  [
    "a promise that is rejected meanwhile",
    "gateway.ts",
    `${sound["gateway.ts"]}await Promise.reject(new Error("rejected on purpose"));`,
    "rejected on purpose",
  ],
  [
    "an end of the process",
    "gateway.ts",
    `${sound["gateway.ts"]}process.exit(0);`,
    "The gateway ended before it was ready",
  ],
  [
    "a gateway.ts that throws",
    "gateway.ts",
    'throw new Error("thrown on purpose"); export default null;',
    "thrown on purpose",
  ],
  [
    "a gateway.ts with something else",
    "gateway.ts",
    "export default {};",
    "gateway.ts must say: export default defineGateway",
  ],
  [
    "an origin that is none",
    "gateway.ts",
    gateway('origins: ["app.example"], identify: session("user_id")'),
    '"app.example" is not an origin',
  ],
  [
    "no list of origins",
    "gateway.ts",
    gateway('origins: "*" as never, identify: session("user_id")'),
    "origins: gateway.ts must give a list",
  ],
  [
    "no identify",
    "gateway.ts",
    gateway("origins: [], identify: undefined as never"),
    "identify: gateway.ts must give a function",
  ],
  [
    "a channel that wants authorize",
    "schema/thing.ts",
    schema(100).replace('"public"', '"custom"'),
    "has no authorize",
  ],
  [
    "delivery that this gateway has not got",
    "schema/thing.ts",
    schema(100).replace('"ephemeral"', '"latest"'),
    'delivery "latest" is not supported',
  ],
  [
    "two channels of one name",
    "schema/thing.ts",
    `${schema(100)}${schema(100)
      .replace("export const thing", "export const other")
      .replace(/import .*/g, "")}`,
    "SB1106",
  ],
  [
    "a contract that throws",
    "schema/thing.ts",
    `${schema(100)}throw new Error("contract on purpose");`,
    "contract on purpose",
  ],
];

test.each(broken)("%s is told, and no page is cut", async (_, file, text, told) => {
  await follows(
    () => (text === null ? project.remove(file) : project.write(file, text)),
    "The gateway runs on as it was",
  );
  expect(run.output).toContain(told);
  await expectSamePage();

  await follows(() => project.write(file, sound[file]), "That is mended: the gateway has all changes");
  await expectSamePage();
});

test("a change that is sound is taken over, and the page is told to come back", async () => {
  project.write("handlers/thing.ts", handlers("second"));
  expect(await page.next("drain")).toBeDefined();
  expect(await page.closed).toMatchObject({ code: 1012 });
  await run.says("The gateway has the changes of handlers/thing.ts");
});

test("a broker that has gone keeps the new gateway away, and the page from nothing but events", async () => {
  const other = new Project();
  const redis = await startRedis();
  const port = await freePort();
  const env = { ...environment, REDIS_URL: redis.url };
  const dev = new Run(other.root, ["dev", "--port", String(port)], env);
  try {
    await dev.says("The gateway is at");
    const browser = await Browser.connect(port, { origin: "http://localhost:3000" });
    await redis.kill();
    other.write("handlers/thing.ts", handlers("second"));
    await dev.says("The gateway runs on as it was");
    expect(dev.output).toMatch(/^error: .*ECONNREFUSED.*$/m);
    expect(browser.socket.readyState).toBe(browser.socket.OPEN);

    await redis.start();
    other.write("handlers/thing.ts", handlers("third"));
    await dev.says("The gateway has the changes of handlers/thing.ts");
    expect(await browser.closed).toMatchObject({ code: 1012 });
  } finally {
    await dev.stop("SIGKILL");
    await redis.stop();
    other.delete();
  }
});

test("code that never comes to an end is given up", async () => {
  const { GatewayRunner }: typeof import("../../cli/dev/gateway-runner.js") = await import(
    new URL("../../dist/cli/dev/gateway-runner.js", import.meta.url).href
  );
  project.write("waits.mjs", "await new Promise(() => {});");
  const runner = new GatewayRunner(
    project.root,
    process.env,
    async () => undefined,
    () => undefined,
    1,
  );
  await expect(runner.replace(join(project.root, "waits.mjs"))).rejects.toThrow(
    "did not start within 0.001 s",
  );
  expect(runner.isRunning).toBe(false);
  await runner.close();
});

/** Makes a change, and waits until this is said of it. */
async function follows(change: () => void, said: string): Promise<void> {
  const before = run.output.split(said).length - 1;
  change();
  await run.says(said, before + 1);
}

async function expectSamePage(): Promise<void> {
  expect(await page.command("thing", "touch", {})).toMatchObject({ type: "reply", data: { by: "first" } });
  expect(page.texts.filter((text) => text.includes("drain"))).toEqual([]);
}
