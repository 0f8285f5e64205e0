// @ts-check
import { parseArgs } from "node:util";

/**
 * Reads the command line; what is wrong with it is said in one line.
 *
 * @template {NonNullable<import("node:util").ParseArgsConfig["options"]>} Options
 * @param {Options} options as `parseArgs` takes them
 */
export function readArguments(options) {
  try {
    return parseArgs({ options, strict: true }).values;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  }
}
