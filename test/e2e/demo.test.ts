import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

interface Demo {
  readonly process: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
}

/** Bears a mark in its environment, as everything does that it starts. */
function demo(mark: string, ...args: readonly string[]): Demo {
  const env: NodeJS.ProcessEnv = { ...process.env, SIGNALBOX_DEMO_MARK: mark };
  delete env.REDIS_URL;
  const child = spawn("npm", ["run", "demo", "--", ...args], { cwd: root, env, detached: true });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (data) => {
      output += data;
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  return { process: child, output: () => output, ended };
}

/** The processes that bear the mark: the demo's own and all that it has started, wherever they have gone. */
function marked(mark: string): number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => {
      if (!Number.isInteger(pid)) return false;
      try {
        return readFileSync(`/proc/${pid}/environ`, "utf8").includes(`SIGNALBOX_DEMO_MARK=${mark}`);
      } catch {
        return false; // it has ended in this moment, or is another user's
      }
    });
}

const usualPorts = [3000, 8081];
let occupants: Server[] = [];
let mark: string;

beforeEach(async () => {
  mark = randomUUID();
  occupants = usualPorts.map((port) =>
    createServer()
      .on("error", () => {})
      .listen(port, "127.0.0.1"),
  );
});

afterEach(() => {
  for (const occupant of occupants) occupant.close();
  for (const pid of marked(mark)) process.kill(pid, "SIGKILL");
});

describe("npm run demo", () => {
  it("drives one round trip each way without Redis, whatever ports are taken", async () => {
    const { output, ended } = demo(mark, "--headless");

    expect(await ended, output()).toBe(0);
    expect(output()).toContain("✓ Ada's page → gateway → Grace's page");
    expect(output()).toContain("✓ Rails controller → gateway → Grace's page");
    expect(marked(mark)).toEqual([]);
  }, 120_000);

  it.each([
    ["it runs", "Open http://localhost:"],
    ["it starts", "gateway |"],
  ])(
    "leaves nothing running where Ctrl-C is pressed while %s",
    async (_, told) => {
      const { process: child, output, ended } = demo(mark);
      await vi.waitUntil(() => output().includes(told), { timeout: 60_000 });
      expect(marked(mark).length).toBeGreaterThan(2);

      process.kill(-Number(child.pid), "SIGINT"); // as a terminal does: to the whole foreground group
      await ended;
      expect(output()).not.toContain("has ended"); // what was asked for is not told as a failure

      await vi.waitUntil(() => marked(mark).length === 0, { timeout: 10_000 }); // the kernel may take a moment
    },
    120_000,
  );
});
