import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { environmentOptions, StartError } from "../../runtime/gateway/index.js";
import { freePort } from "../support/redis.js";
import { Browser } from "./browser.js";

const secret = "0123456789abcdef".repeat(8);
const root = tmpdir();
const repository = fileURLToPath(new URL("../..", import.meta.url));

describe("environmentOptions", () => {
  const production = { mode: "production", root } as const;
  const development = { mode: "development", root } as const;
  const complete = { REDIS_URL: "redis://localhost", SECRET_KEY_BASE: secret, SESSION_KEY: "_app_session" };

  test("names everything that is missing in one message", () => {
    expect(() => environmentOptions({}, production)).toThrow(
      new StartError("missing environment variables: REDIS_URL, SECRET_KEY_BASE, SESSION_KEY"),
    );
    expect(() => environmentOptions({ REDIS_URL: "  " }, { ...production, memory: true })).toThrow(
      new StartError("missing environment variables: SIGNALBOX_PUBLISH_KEY, SECRET_KEY_BASE, SESSION_KEY"),
    );
  });

  test("takes Redis in production and listens everywhere", () => {
    expect(environmentOptions({ ...complete, SIGNALBOX_PREFIX: "p:", PORT: "9" }, production)).toMatchObject({
      mode: "production",
      host: "0.0.0.0",
      port: 9,
      broker: { kind: "redis", url: "redis://localhost", prefix: "p:" },
      metricsKey: null,
      trustProxy: false,
    });
  });

  test("takes memory in development without REDIS_URL, and listens on this machine only", () => {
    const { REDIS_URL: _, ...rest } = complete;
    expect(environmentOptions(rest, { ...development, publishKey: "k" })).toMatchObject({
      host: "127.0.0.1",
      port: 8081,
      broker: { kind: "memory", publishKey: "k" },
    });
    expect(environmentOptions(complete, { ...development, publishKey: "k" }).broker.kind).toBe("redis");
  });

  test.each([
    [{ PORT: "http" }, 'PORT is "http"; it must be a number from 0 to 65535'],
    [{ PORT: "65536" }, 'PORT is "65536"; it must be a number from 0 to 65535'],
    [{ SIGNALBOX_TRUST_PROXY: "yes" }, 'SIGNALBOX_TRUST_PROXY is "yes"; it must be 1 or 0'],
    [{ LOG_LEVEL: "loud" }, 'LOG_LEVEL is "loud"; it must be one of debug, info, warn, error, silent'],
    [{ SECRET_KEY_BASE: "short" }, "SECRET_KEY_BASE has 5 characters; at least 30 are needed"],
  ])("refuses %j", (change, message) => {
    expect(() => environmentOptions({ ...complete, ...change }, production)).toThrow(message);
  });
});

describe("a gateway process", () => {
  let folder: string;
  let script: string;
  const children: ChildProcess[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "signalbox-process-"));
    script = join(folder, "gateway.mjs");
    await symlink(join(repository, "node_modules"), join(folder, "node_modules"));
    const main = join(folder, "main.ts");
    const source = (path: string) => JSON.stringify(join(repository, path));
    await writeFile(
      main,
      `import { runGateway } from ${source("runtime/gateway/index.ts")};
       import { serverOf, thing } from ${source("test/gateway/fixture.ts")};
       const server = serverOf([{ channel: thing, handlers: { on: { updated: () => {} } } }]);
       await runGateway(server, { mode: "production", root: ${JSON.stringify(root)}, memory: process.env.REDIS_URL === undefined });`,
    );
    await build({
      entryPoints: [main],
      outfile: script,
      bundle: true,
      platform: "node",
      format: "esm",
      packages: "external",
      alias: {
        signalbox: join(repository, "runtime/contract/index.ts"),
        "signalbox/gateway": join(repository, "runtime/gateway/index.ts"),
        "signalbox/cookies": join(repository, "runtime/auth/index.ts"),
      },
    });
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
  });
  afterAll(() => rm(folder, { recursive: true }));

  interface Run {
    readonly child: ChildProcess;
    readonly output: { stdout: string; stderr: string };
    readonly exited: Promise<number | null>;
  }

  function run(environment: Record<string, string>): Run {
    const child = spawn(process.execPath, [script], {
      env: { PATH: process.env.PATH ?? "", HOST: "127.0.0.1", ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    children.push(child);
    const output = { stdout: "", stderr: "" };
    child.stdout?.on("data", (chunk) => {
      output.stdout += chunk;
    });
    child.stderr?.on("data", (chunk) => {
      output.stderr += chunk;
    });
    return { child, output, exited: once(child, "close").then(([code]) => code) };
  }

  const environment = { SECRET_KEY_BASE: secret, SESSION_KEY: "_app_session", SIGNALBOX_PUBLISH_KEY: "key" };

  test("logs JSON, drains on SIGTERM and exits with 0", async () => {
    const port = await freePort();
    const { child, output, exited } = run({ ...environment, PORT: `${port}` });
    await expect.poll(() => output.stdout).toContain('"msg":"listening"');
    const browser = await Browser.connect(port);
    child.kill("SIGTERM");
    await browser.next("drain");
    expect((await browser.closed).code).toBe(1012);
    expect(await exited).toBe(0);
    const lines = output.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.map(({ msg }) => msg)).toEqual(
      expect.arrayContaining(["listening", "no session", "connected", "draining", "disconnected", "stopped"]),
    );
    expect(output.stderr).toBe("");
  });

  test.each([
    [
      "nothing is set",
      {},
      "missing environment variables: SIGNALBOX_PUBLISH_KEY, SECRET_KEY_BASE, SESSION_KEY",
    ],
    [
      "Redis cannot be reached",
      { ...environment, REDIS_URL: "redis://:hunter2@127.0.0.1:1" },
      "cannot reach Redis at redis://127.0.0.1:1: connect ECONNREFUSED 127.0.0.1:1",
    ],
  ])("says in one line why it does not start: %s", async (_, variables, sentence) => {
    const { output, exited } = run(variables);
    expect(await exited).toBe(1);
    expect(output.stderr).toBe(`signalbox: ${sentence}\n`);
  });

  test("says that its port is taken", async () => {
    const port = await freePort();
    const first = run({ ...environment, PORT: `${port}` });
    await expect.poll(() => first.output.stdout).toContain('"msg":"listening"');
    const second = run({ ...environment, PORT: `${port}` });
    expect(await second.exited).toBe(1);
    expect(second.output.stderr).toBe(
      `signalbox: cannot listen on 127.0.0.1:${port}: it is taken: set PORT to another one\n`,
    );
    first.child.kill("SIGTERM");
    expect(await first.exited).toBe(0);
  });
});
