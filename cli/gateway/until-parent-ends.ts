/** Nothing tells a process that its parent has gone, so it has to look, every so many ms. */
const intervalMs = 500;

/**
 * Waits until the process that started this one has gone. npm and npx do not hand SIGTERM on: whoever ends them would
 * leave this process behind, with its port.
 */
export function untilParentEnds(): Promise<void> {
  const parent = process.ppid;
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(timer);
      resolve();
    }, intervalMs);
    timer.unref();
  });
}

/** Whether npm or npx started this process. They set these for whatever they run. */
export function startedByNpm({ npm_command, npm_lifecycle_event }: NodeJS.ProcessEnv): boolean {
  return npm_command !== undefined || npm_lifecycle_event !== undefined;
}
