// @ts-check
import { spawnSync } from "node:child_process";
import { performance } from "node:perf_hooks";

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/**
 * Wall clock and CPU of whole processes, in ms: medians. On a machine with other work the CPU is what compares.
 *
 * @param {number} times
 * @param {readonly string[]} args of node
 * @param {string} cwd
 * @param {() => void} [before] done before each run, not measured
 */
export function measureProcess(times, args, cwd, before = () => {}) {
  const walls = [];
  const cpus = [];
  for (let i = 0; i < times; i++) {
    before();
    const started = performance.now();
    const { status, stderr } = spawnSync(
      "/usr/bin/env",
      ["bash", "-c", 'TIMEFORMAT="%U %S"; time "$@" >/dev/null', "bash", process.execPath, ...args],
      {
        cwd,
        encoding: "utf8",
      },
    );
    if (status !== 0) throw new Error(stderr);
    walls.push(performance.now() - started);
    const [user = 0, system = 0] = (stderr.trim().split("\n").at(-1) ?? "").split(" ").map(Number);
    cpus.push((user + system) * 1000);
  }
  return { wall: Math.round(median(walls)), cpu: Math.round(median(cpus)) };
}
