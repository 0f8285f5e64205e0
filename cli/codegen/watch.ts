import { resolve } from "node:path";
import { watch } from "../dev/watch.js";
import { type CodegenOptions, type CodegenRun, runCodegen } from "./codegen.js";

/**
 * Runs codegen, and again on each change of the configuration, the contract, what it imports, or the handlers' folder.
 * What codegen writes lies in none of them, so that it cannot wake itself. A contract that is broken is told; the next
 * change may mend it.
 *
 * @param ending ends the watch
 * @param onRun is called after each run
 */
export async function watchCodegen(
  options: CodegenOptions,
  ending: Promise<void>,
  onRun: (run: CodegenRun) => void = () => {},
): Promise<void> {
  const first = await runCodegen(options);
  const sourcesOf = (run: CodegenRun) => run.sources.map((path) => resolve(run.root, path));
  const changes = await watch(first.root, [resolve(options.folder, options.config), ...sourcesOf(first)], []);
  onRun(first);
  const rerun = async () => {
    for (;;) {
      await changes.next();
      const run = await runCodegen(options);
      changes.add(sourcesOf(run));
      onRun(run);
    }
  };
  try {
    await Promise.race([ending, rerun()]);
  } finally {
    await changes.close();
  }
}
