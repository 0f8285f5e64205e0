const first = 500;
const longest = 30_000;

/**
 * How long to wait before the next attempt, in ms: full jitter, so that the pages that one gateway lost do not all come
 * back in the same moment.
 *
 * @param attempt how many attempts have failed before: the upper bound is 0.5 s for 0, doubles, and stops at 30 s
 */
export function backoff(attempt: number): number {
  return Math.random() * Math.min(longest, first * 2 ** attempt);
}
