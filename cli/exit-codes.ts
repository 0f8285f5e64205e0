/** What `signalbox` ends with. Documented in `signalbox --help` and `docs/cli.md`. */
export const exitCode = {
  ok: 0,
  /**
   * What was asked could not be done: an error in the contract, drift, a missing handler file, a gateway that cannot start.
   * Of `init` also: something is left to be done, by hand, because nobody could be asked, or because the answer was no.
   */
  failed: 1,
  /** The command line itself is wrong. */
  usage: 2,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
