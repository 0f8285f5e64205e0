import type { Command } from "commander";
import type { ExitCode } from "./exit-codes.js";

/**
 * Adds one subcommand to the program. It only describes it: what the command needs is imported by its action, so that
 * `--help` and `--version` load neither the compiler nor zod.
 *
 * @param finish takes the exit code, once the action is done; without it the command ends with 0
 */
export type RegisterSubcommand = (program: Command, finish: (code: ExitCode) => void) => void;
