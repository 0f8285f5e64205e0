/**
 * Names: which are sound, and what becomes of them in another language. `snakeCase` and `upperCamelCase` are the only
 * such rules of the project; printers use them as well.
 */

/** `messagePosted` → `message_posted`, `userID` → `user_id`, `HTTPServer` → `http_server`, `a.b` → `a_b`. */
export function snakeCase(name: string): string {
  return name
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .replace(/[^\p{L}\p{N}]+/gu, "_")
    .toLowerCase();
}

/** `message.posted` → `MessagePosted`; what is neither letter nor digit only separates words. */
export function upperCamelCase(name: string): string {
  return words(name).map(capitalize).join("");
}

/** `room.thread` → `roomThread`. */
export function lowerCamelCase(name: string): string {
  const [first = "", ...rest] = words(name);
  return first.charAt(0).toLowerCase() + first.slice(1) + rest.map(capitalize).join("");
}

function words(name: string): string[] {
  return name.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
}

function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** A name of a type in every language. */
export function isTypeName(name: string): boolean {
  return /^[A-Z][A-Za-z0-9]*$/.test(name);
}

/** A channel's, event's or command's name: lowerCamelCase, or such words joined by dots. */
export function isDottedName(name: string): boolean {
  return /^[a-z][A-Za-z0-9]*(?:\.[a-z][A-Za-z0-9]*)*$/.test(name);
}

const inherited: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** What `{}` already has: reading such a key of a JSON object finds something where nothing was sent. */
export function isInherited(name: string): boolean {
  return inherited.has(name);
}

/** Whether a text is well-formed Unicode: no half of a surrogate pair. */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

/** Groups of names that become one when `rule` is applied; names that are equal already are no group. */
export function meeting(
  names: readonly string[],
  rule: (name: string) => string,
): readonly (readonly string[])[] {
  const groups = new Map<string, Set<string>>();
  for (const name of names) {
    const key = rule(name);
    groups.set(key, (groups.get(key) ?? new Set()).add(name));
  }
  return [...groups.values()].filter((group) => group.size > 1).map((group) => [...group]);
}

/** The names among which `wrong` may have been meant, nearest first, at most three. */
export function similar(wrong: string, names: readonly string[]): readonly string[] {
  const limit = Math.max(1, Math.floor(wrong.length / 3));
  return names
    .map((name) => ({ name, distance: distance(wrong.toLowerCase(), name.toLowerCase()) }))
    .filter((candidate) => candidate.distance <= limit)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map((candidate) => candidate.name);
}

/** Levenshtein's distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
