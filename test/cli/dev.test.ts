import { once } from "node:events";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { handlers, Project, processesIn, Run, schema, signalbox } from "./project.js";

const secrets = {
  SECRET_KEY_BASE: "0f1e2d3c4b5a69788796a5b4c3d2e1f0".repeat(4),
  SESSION_KEY: "_app_session",
};

// Each test starts several processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 });

let project: Project;
let runs: Run[];
beforeEach(() => {
  project = new Project();
  runs = [];
});
afterEach(async () => {
  await Promise.all(runs.map((run) => run.stop("SIGKILL")));
  project.delete();
});

/** A port that nobody has, taken by `holder` until it is closed. */
async function takePort(): Promise<{ holder: Server; port: number }> {
  const holder = createServer().listen(0, "127.0.0.1");
  await once(holder, "listening");
  const address = holder.address();
  if (typeof address !== "object" || address === null) throw new Error("no port");
  return { holder, port: address.port };
}

async function freePort(): Promise<number> {
  const { holder, port } = await takePort();
  holder.close();
  await once(holder, "close");
  return port;
}

async function start(environment: NodeJS.ProcessEnv = secrets, ...args: string[]): Promise<Run> {
  const port = await freePort();
  const run = new Run(project.root, ["dev", "--port", String(port), ...args], environment);
  runs.push(run);
  return run;
}

/** Where its gateway is: `127.0.0.1:8081`. */
async function gatewayOf(run: Run, times = 1): Promise<string> {
  return (await run.says(/(?<=The gateway is at ws:\/\/)127\.0\.0\.1:\d+/, times)).trim();
}

const isUp = (address: string) =>
  fetch(`http://${address}/readyz`).then(
    (response) => response.status === 200,
    () => false,
  );

test("generates, runs a gateway on a memory broker, and leaves nothing behind on Ctrl-C", async () => {
  const run = await start();
  const address = await gatewayOf(run);
  expect(await isUp(address)).toBe(true);
  expect(run.output).toMatch(/^\d\d:\d\d:\d\d info {2}listening host=127\.0\.0\.1 port=\d+/m);
  expect(readdirSync(join(project.root, "generated")).sort()).toEqual(["client", "events.rb", "server"]);

  expect(run.output).toContain(
    `the gateway takes publishes at http://${address}/publish with the key in tmp/signalbox.key`,
  );
  expect(run.output).not.toContain("WARNING");
  const told = join(project.root, "tmp/signalbox.json");
  expect(JSON.parse(readFileSync(told, "utf8"))).toEqual({
    pid: run.process.pid,
    port: Number(address.split(":")[1]),
  });
  expect(statSync(told).mode & 0o777).toBe(0o600);
  const keyFile = join(project.root, "tmp/signalbox.key");
  expect(statSync(keyFile).mode & 0o777).toBe(0o600);
  const key = readFileSync(keyFile, "utf8").trim();
  expect(run.output).not.toContain(key);
  const publish = (bearer: string) =>
    fetch(`http://${address}/publish`, {
      method: "POST",
      headers: { authorization: `Bearer ${bearer}` },
      body: JSON.stringify([{ channel: "thing", message: '{"contents":"x"}' }]),
    });
  expect((await publish(key)).status).toBe(200);
  expect((await publish("wrong")).status).toBe(401);

  expect(await run.stop("SIGINT")).toMatchObject({ code: 0 });
  expect(await isUp(address)).toBe(false);
  expect(processesIn(project.root)).toEqual([]);
  expect(readdirSync(join(project.root, "tmp"))).toEqual(["signalbox.key"]);
});

test("a change is taken over; what is broken is told, and the old gateway lives on", async () => {
  const run = await start(secrets, "--no-announce");
  const address = await gatewayOf(run);
  expect(readdirSync(join(project.root, "tmp"))).not.toContain("signalbox.json");

  project.write("handlers/thing.ts", handlers("second"));
  await run.says("The gateway has the changes of handlers/thing.ts");
  expect(await isUp(address)).toBe(true);

  project.write("schema/thing.ts", "export const = 1;\n");
  await run.says("The gateway runs on as it was");
  expect(run.output).toMatch(/schema\/thing\.ts:1:14/);
  expect(await isUp(address)).toBe(true);

  project.write("schema/thing.ts", schema(100));
  await run.says("That is mended: the gateway has all changes.");

  project.write("schema/thing.ts", schema(50));
  await run.says("The gateway has the changes of schema/thing.ts");
  expect(readFileSync(join(project.root, "generated/events.rb"), "utf8")).toContain("50");

  project.write("handlers/thing.ts", `${handlers("third")}throw new Error("broken on purpose");\n`);
  await run.says("The gateway runs on as it was", 2);
  expect(run.output).toContain("broken on purpose");
  expect(await isUp(address)).toBe(true);

  project.remove("handlers/thing.ts");
  await run.says(/handlers\/thing\.ts is missing/);
  await run.says("The gateway runs on as it was", 3);
  expect(run.output.match(/handlers\/thing\.ts is missing/g)).toHaveLength(1);
  expect(await isUp(address)).toBe(true);
});

test("a first handler file that is missing is asked for once, and the gateway starts with it", async () => {
  project.remove("handlers");
  const run = await start();
  await run.says("There is no gateway yet");
  expect(run.output.match(/handlers\/thing\.ts/g)).toHaveLength(2); // the error, and above what to write
  project.write("handlers/thing.ts", handlers("first"));
  expect(await isUp(await gatewayOf(run))).toBe(true);
  await run.stop("SIGINT");
});

test("a contract that is broken from the start is waited for", async () => {
  project.write("schema/thing.ts", "export const = 1;\n");
  const run = await start();
  await run.says("There is no gateway yet");
  project.write("schema/thing.ts", schema(50));
  await run.says("The gateway has the changes of schema/thing.ts");
  await run.stop("SIGINT");
});

test.each([
  [
    "code that throws",
    "handlers/thing.ts",
    `${handlers("first")}throw new Error("broken on purpose");`,
    "broken on purpose",
  ],
  [
    "handlers that fit no event",
    "handlers/thing.ts",
    `
    import { handlers } from "../generated/server/handlers.js";
    export default handlers.thing({ commands: { touch: async () => ({ by: "" }) }, on: { gone() {} } } as never);`,
    "is no event",
  ],
])("%s from the start is waited for", async (_, file, text, told) => {
  project.write(file, text);
  const run = await start();
  await run.says("There is no gateway yet");
  expect(run.output).toContain(told);
  project.write(file, handlers("second"));
  expect(await isUp(await gatewayOf(run))).toBe(true);
  await run.stop("SIGINT");
});

test("the gateway ends with its parent, however that ends", async () => {
  const run = await start();
  const address = await gatewayOf(run);
  const children = processesIn(project.root);
  expect(children.length).toBeGreaterThan(0);
  await run.stop("SIGKILL");
  await expect.poll(() => processesIn(project.root), { timeout: 20_000 }).toEqual([]);
  expect(await isUp(address)).toBe(false);
});

test("it ends with the npx that started it, and the gateway with it", async () => {
  const port = await freePort();
  const run = new Run(project.root, ["dev", "--port", String(port)], secrets, ["npx", "signalbox"]);
  runs.push(run);
  const address = await gatewayOf(run);
  await run.stop("SIGTERM");
  await expect.poll(() => processesIn(project.root), { timeout: 20_000 }).toEqual([]);
  expect(await isUp(address)).toBe(false);
});

test("a gateway that has ended by itself is told, and started again with the next change", async () => {
  const run = await start();
  await gatewayOf(run);
  for (const pid of processesIn(project.root)) process.kill(Number(pid), "SIGKILL");
  await run.says("The gateway has ended by itself");
  project.write("handlers/thing.ts", handlers("second"));
  expect(await isUp(await gatewayOf(run, 2))).toBe(true);
  await run.stop("SIGINT");
});

test("a port that is taken is no failure: the next one is, and it is told", async () => {
  const { holder, port } = await takePort();
  try {
    const environment = {
      ...secrets,
      PORT: String(port),
      SIGNALBOX_URL: `http://127.0.0.1:${port}/`,
      SIGNALBOX_GATEWAY_URL: `ws://localhost:${port}/realtime`,
    };
    const run = new Run(project.root, ["dev"], environment);
    runs.push(run);
    const address = await gatewayOf(run);
    const taken = address.split(":")[1];
    expect(run.output).toContain(`Port ${port} is taken: the gateway takes ${taken}`);
    expect(run.output).toMatch(
      new RegExp(`SIGNALBOX_URL names port ${port},.* remove it, or set SIGNALBOX_URL=http://${address}\\.`),
    );
    expect(run.output).toContain(`or set SIGNALBOX_GATEWAY_URL=ws://localhost:${taken}/realtime.`);
    expect(await isUp(address)).toBe(true);
    await run.stop("SIGINT");
  } finally {
    holder.close();
  }
});

test("a port is held from the start, so that two that begin together get one each", async () => {
  const other = new Project();
  try {
    const port = await freePort();
    const both = [project, other].map(
      ({ root }) => new Run(root, ["dev"], { ...secrets, PORT: String(port) }),
    );
    runs.push(...both);
    const addresses = await Promise.all(both.map((run) => gatewayOf(run)));
    expect(new Set(addresses).size).toBe(2);
    await Promise.all(both.map((run) => run.stop("SIGINT")));
  } finally {
    other.delete();
  }
});

describe("environment", () => {
  test(".env is read, and what is set already stays", async () => {
    project.write(
      ".env",
      `SESSION_KEY=_from_dotenv\nSECRET_KEY_BASE=short\nSIGNALBOX_PUBLISH_KEY=${"k1".repeat(20)}\n`,
    );
    const run = await start({ SECRET_KEY_BASE: secrets.SECRET_KEY_BASE });
    await gatewayOf(run);
    expect(run.output).toContain("with the key in SIGNALBOX_PUBLISH_KEY");
    await run.stop("SIGINT");
  });

  test("where no session can be read, it says so at start and what to do, unless Rails keeps a secret", async () => {
    const environment = { SESSION_KEY: secrets.SESSION_KEY };
    const run = await start(environment);
    await gatewayOf(run);
    expect(run.output).toContain("WARNING: no session can be read");
    expect(run.output).toContain("bin/rails runner 'puts Rails.application.secret_key_base'");
    await run.stop("SIGINT");

    project.write("tmp/local_secret.txt", secrets.SECRET_KEY_BASE);
    const again = await start(environment);
    await gatewayOf(again);
    expect(again.output).not.toContain("WARNING");
    await again.stop("SIGINT");
  });

  test("variables that name the gateway, or a proxy before it, are nothing to talk about", async () => {
    const port = await freePort();
    const environment = {
      ...secrets,
      PORT: String(port),
      SIGNALBOX_URL: `http://localhost:${port}`,
      SIGNALBOX_GATEWAY_URL: "wss://app.test/realtime",
    };
    const run = new Run(project.root, ["dev"], environment);
    runs.push(run);
    await gatewayOf(run);
    expect(run.output).not.toMatch(/SIGNALBOX_(GATEWAY_)?URL/);
    await run.stop("SIGINT");
  });

  test("what is missing ends it with 1, one message and no stack", async () => {
    const { SECRET_KEY_BASE } = secrets;
    const { code, stderr } = await signalbox(project.root, ["dev"], { SECRET_KEY_BASE });
    expect(stderr).toBe(
      "error: missing environment variables: SESSION_KEY (or sessionCookie in gateway.ts)\n",
    );
    expect(code).toBe(1);
  });

  test("a REDIS_URL that cannot be reached ends it with 1, one message and no stack", async () => {
    const port = await freePort();
    const run = await start({ ...secrets, REDIS_URL: `redis://127.0.0.1:${port}` });
    const { code, stderr } = await run.ended;
    expect(stderr).toContain(`127.0.0.1:${port}`);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(code).toBe(1);
  });
});
