import { relative, sep } from "node:path";
import { watch as watchFiles } from "chokidar";

/** An editor writes several files, or one in several steps: what follows within this many ms belongs together. */
const settleMs = 50;

export interface Watch {
  /** Resolves with the files that have changed since it was asked last, relative to the root. */
  next(): Promise<readonly string[]>;
  /** Watches these too. */
  add(paths: readonly string[]): void;
  close(): Promise<void>;
}

/**
 * @param paths files and folders, absolute
 * @param outputs files and folders that codegen writes: never watched, or it would start itself
 */
export async function watch(
  root: string,
  paths: readonly string[],
  outputs: readonly string[],
): Promise<Watch> {
  const changed = new Set<string>();
  // Chokidar sets up a path that it has already anew, and loses what happens meanwhile.
  const watched = new Set(paths);
  let wake = () => {};
  const watcher = watchFiles([...paths], {
    ignoreInitial: true,
    ignored: (path) =>
      isOutput(path, outputs) || /(^|[\\/])(node_modules|\.git)([\\/]|$)/.test(relative(root, path)),
  });
  watcher.on("all", (_event, path) => {
    changed.add(relative(root, path));
    wake();
  });
  await new Promise<void>((resolve, reject) => {
    watcher.once("ready", resolve);
    watcher.once("error", reject);
  });
  return {
    async next() {
      while (changed.size === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      await new Promise((resolve) => setTimeout(resolve, settleMs));
      const files = [...changed].sort();
      changed.clear();
      return files;
    },
    add: (more) => {
      const unknown = more.filter((path) => !watched.has(path) && !isOutput(path, outputs));
      for (const path of unknown) watched.add(path);
      watcher.add(unknown);
    },
    close: () => watcher.close(),
  };
}

function isOutput(path: string, outputs: readonly string[]): boolean {
  return outputs.some((output) => path === output || path.startsWith(output + sep));
}
