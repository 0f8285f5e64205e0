import { fileURLToPath } from "node:url";
import { type Finished, run } from "./ruby.js";

const app = fileURLToPath(new URL("../../examples/rails", import.meta.url));

/** Runs `bin/rails` of the example: `rails(["runner", code], env)` runs Ruby code inside the application. */
export function rails(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Finished> {
  return run("ruby", ["bin/rails", ...args], { cwd: app, env });
}
