import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

const app = fileURLToPath(new URL("../../examples/rails", import.meta.url));

export interface Ran {
  /** `null` where a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs `bin/rails` of the example.
 *
 * @param input what it finds on standard input: with `runner -`, Ruby code that runs inside the application
 */
export function rails(args: readonly string[], env: NodeJS.ProcessEnv, input = ""): Promise<Ran> {
  return new Promise((resolve) => {
    const child = execFile("ruby", ["bin/rails", ...args], { cwd: app, env }, (_, stdout, stderr) =>
      resolve({ status: child.exitCode, stdout, stderr }),
    );
    child.stdin?.end(input);
  });
}
