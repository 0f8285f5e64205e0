import { expect, test, vi } from "vitest";
import { Project, processesIn, Run } from "./project.js";

vi.setConfig({ testTimeout: 60_000 });

test("codegen --watch ends with the npx that started it", async () => {
  const project = new Project();
  const run = new Run(project.root, ["codegen", "--watch"], {}, ["npx", "signalbox"]);
  try {
    await run.says("Generated:");
    expect(processesIn(project.root)).not.toEqual([]);
    await run.stop("SIGTERM");
    await expect.poll(() => processesIn(project.root), { timeout: 20_000 }).toEqual([]);
  } finally {
    for (const pid of processesIn(project.root)) process.kill(Number(pid), "SIGKILL");
    project.delete();
  }
});
