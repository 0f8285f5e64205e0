import { constants } from "node:os";

/**
 * Ends the process without a word where nobody reads its output any more, as in `signalbox --help | head -1`. The exit
 * code is the one that SIGPIPE would have given: what was not done must not look as if it were.
 */
export function endOnBrokenPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit(128 + constants.signals.SIGPIPE);
      throw error;
    });
  }
}
