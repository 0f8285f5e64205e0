import type { Finding } from "./building.js";

/** What is wrong with a regular expression. Patterns of zod itself are known to be sound. */
export function patternFindings(_pattern: RegExp, _userWritten: boolean): readonly Finding[] {
  return [];
}
