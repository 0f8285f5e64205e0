import { isDeepStrictEqual } from "node:util";
import type { Issue, Verdict } from "./protocol.js";

/** Makes -0 and 0 one: JSON writes both as 0. */
function plain(value: unknown): unknown {
  if (value === 0) return 0;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
}

export function sameJson(a: string, b: string): boolean {
  return a === b || isDeepStrictEqual(plain(JSON.parse(a)), plain(JSON.parse(b)));
}

function where(issue: Issue): string {
  return `${issue.code} at ${JSON.stringify(issue.path)}`;
}

export interface CompareOptions {
  /** Whether the words of each issue must agree as well. */
  readonly messages: boolean;
}

/**
 * In what a testee's verdict differs from zod's, or null. Paths and codes count, in their order.
 */
export function difference(zod: Verdict, testee: Verdict, { messages }: CompareOptions): string | null {
  if ("refused" in zod) {
    return "valid" in testee && testee.valid ? `${zod.refused}, it says ${say(testee)}` : null;
  }
  if ("refused" in testee) return `refused as outside the domain (${testee.refused}), zod says ${say(zod)}`;
  if (zod.valid !== testee.valid) return `zod says ${say(zod)}, it says ${say(testee)}`;
  if (zod.valid && testee.valid) {
    return sameJson(zod.wire, testee.wire) ? null : `zod makes ${zod.wire} of it, it makes ${testee.wire}`;
  }
  if (zod.valid || testee.valid) return null;
  const tell = (issue: Issue) => (messages ? `${where(issue)}: ${issue.message}` : where(issue));
  const expected = zod.issues.map(tell);
  const actual = testee.issues.map(tell);
  return isDeepStrictEqual(expected, actual)
    ? null
    : `zod reports [${expected.join(", ")}], it reports [${actual.join(", ")}]`;
}

function say(verdict: Verdict): string {
  if ("refused" in verdict) return `refused (${verdict.refused})`;
  return verdict.valid ? `valid: ${verdict.wire}` : `invalid: ${verdict.issues.map(where).join(", ")}`;
}
