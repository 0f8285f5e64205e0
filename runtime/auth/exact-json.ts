import { randomUUID } from "node:crypto";

/** Ruby's `JSON` stops at this depth too. */
const maxDepth = 100;
const token = /"(?:[^"\\]|\\.)*"|[[{]|[\]}]|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gs;
const longInteger = /^-?\d{16,}$/;

/**
 * Parses JSON without losing digits: an integer that a double cannot hold becomes a `bigint`, where `JSON.parse` would
 * silently give the number beside it (and so another user's id).
 *
 * @returns `undefined` where the text is not JSON, or nested deeper than 100 levels
 */
export function parseExactJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    const survey = surveyTokens(text);
    if (survey.depth > maxDepth) return undefined;
    return survey.hasLongInteger ? reviveLongIntegers(text) : value;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function surveyTokens(text: string): { depth: number; hasLongInteger: boolean } {
  let depth = 0;
  let deepest = 0;
  let hasLongInteger = false;
  for (const [found] of text.matchAll(token)) {
    if (found === "[" || found === "{") deepest = Math.max(deepest, ++depth);
    else if (found === "]" || found === "}") depth--;
    else if (longInteger.test(found)) hasLongInteger ||= !Number.isSafeInteger(Number(found));
  }
  return { depth: deepest, hasLongInteger };
}

/** Node 20's `JSON.parse` does not show a reviver the source text, so long integers pass through it as marked strings. */
function reviveLongIntegers(text: string): unknown {
  const mark = `${randomUUID()}:`;
  const marked = text.replace(token, (found) =>
    longInteger.test(found) && !Number.isSafeInteger(Number(found)) ? `"${mark}${found}"` : found,
  );
  return JSON.parse(marked, (_key, value: unknown) =>
    typeof value === "string" && value.startsWith(mark) ? BigInt(value.slice(mark.length)) : value,
  );
}
