// What the bench asks of each server's process.

/** Tells the parent the port, and answers `usage` with CPU time in µs and memory that JavaScript holds, in bytes. */
export function report(port) {
  process.on("message", (question) => {
    if (question !== "usage") return;
    globalThis.gc?.();
    const { user, system } = process.cpuUsage();
    // Not the resident size: it still has what the start of the process left behind.
    const { heapUsed, external } = process.memoryUsage();
    process.send?.({ usage: { cpu: user + system, memory: heapUsed + external } });
  });
  process.on("disconnect", () => process.exit(0));
  process.send?.({ port });
}
