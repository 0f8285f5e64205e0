import { once } from "node:events";
import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadedPackages, Project, Run, signalbox, tellPackages } from "./project.js";

const secrets = {
  SECRET_KEY_BASE: "0f1e2d3c4b5a69788796a5b4c3d2e1f0".repeat(4),
  SESSION_KEY: "_app_session",
};
const memory = {
  ...secrets,
  SIGNALBOX_PUBLISH_KEY: "0123456789abcdef0123456789abcdef",
  HOST: "127.0.0.1",
  PORT: "0",
};

let project: Project;
beforeAll(async () => {
  project = new Project();
  expect(await signalbox(project.root, ["codegen"])).toMatchObject({ code: 0 });
  expect(await signalbox(project.root, ["build"])).toMatchObject({ code: 0 });
});
afterAll(() => project.delete());

async function listening(run: Run): Promise<string> {
  const port = /\d+/.exec(await run.says(/"port":\d+/))?.[0];
  return `http://127.0.0.1:${port}`;
}

describe("a gateway on plain Node", () => {
  test.each(["SIGTERM", "SIGINT"] as const)("runs until %s, and ends with 0", async (signal) => {
    const run = new Run(project.root, ["start", "--memory"], memory);
    try {
      const url = await listening(run);
      expect((await fetch(`${url}/up`)).status).toBe(200);
      expect((await fetch(`${url}/readyz`)).status).toBe(200);
    } finally {
      const { code } = await run.stop(signal);
      expect(code).toBe(0);
    }
  });

  test("ends with the npx that started it", async () => {
    const run = new Run(project.root, ["start", "--memory"], memory, ["npx", "signalbox"]);
    const url = await listening(run);
    run.process.kill("SIGTERM");
    const isUp = () =>
      fetch(`${url}/up`).then(
        () => true,
        () => false,
      );
    await expect.poll(isUp, { timeout: 20_000 }).toBe(false);
  });

  test("needs no TypeScript compiler, esbuild or chokidar", async () => {
    const run = new Run(project.root, ["start", "--memory"], { ...memory, NODE_OPTIONS: tellPackages });
    await listening(run);
    await run.stop();
    const loaded = loadedPackages(run.output);
    expect(loaded).toContain("primus");
    expect(
      loaded.filter((name) => /^(esbuild|ts-morph|@ts-morph.*|typescript|chokidar|handlebars)$/.test(name)),
    ).toEqual([]);
  });
});

describe("what is wrong is told in one message, with exit code 1 and no stack", () => {
  async function expectFailure(
    args: readonly string[],
    environment: NodeJS.ProcessEnv,
    message: string | RegExp,
  ) {
    const { code, stderr } = await signalbox(project.root, ["start", ...args], environment);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(code).toBe(1);
    return stderr;
  }

  test("every missing environment variable", async () => {
    const stderr = await expectFailure(
      [],
      {},
      /^error: missing environment variables: REDIS_URL, SECRET_KEY_BASE, SESSION_KEY \(or sessionCookie in gateway\.ts\)$/m,
    );
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });

  test("the publish key, where the memory broker is asked for", async () => {
    await expectFailure(["--memory"], secrets, /missing environment variables: SIGNALBOX_PUBLISH_KEY/);
  });

  test("a placeholder for a secret", async () => {
    await expectFailure(
      ["--memory"],
      { ...memory, SECRET_KEY_BASE: "change-me".repeat(8) },
      /SECRET_KEY_BASE is a placeholder/,
    );
  });

  test("no bundle", async () => {
    await expectFailure(
      ["nowhere.mjs"],
      memory,
      /nowhere\.mjs is not there\. Make it with: npx signalbox build/,
    );
  });

  test("and --debug shows where, wherever it is written", async () => {
    for (const args of [
      ["--debug", "start", "nowhere.mjs"],
      ["start", "nowhere.mjs", "--debug"],
    ]) {
      const { code, stderr } = await signalbox(project.root, args, memory);
      expect(stderr).toMatch(/^error: CommandError: nowhere\.mjs is not there\..*\n\s+at /m);
      expect(code).toBe(1);
    }
  });

  test("something else than a bundle", async () => {
    project.write("other.mjs", "export default 1;\n");
    await expectFailure(["other.mjs"], memory, /other\.mjs is no gateway/);
  });

  test("a REDIS_URL that cannot be reached", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    server.close();
    await once(server, "close");
    const environment = { ...secrets, PORT: "0", REDIS_URL: `redis://user:hunter2@127.0.0.1:${port}/0` };
    const stderr = await expectFailure([], environment, new RegExp(`127\\.0\\.0\\.1:${port}`));
    expect(stderr).not.toContain("hunter2");
  });

  test("a port that is taken", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = String(typeof address === "object" ? address?.port : 0);
    try {
      await expectFailure(["--memory"], { ...memory, PORT: port }, new RegExp(`${port}: it is taken`));
    } finally {
      server.close();
    }
  });
});
