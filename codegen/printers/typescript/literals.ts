/**
 * The only way in which a contract's text becomes TypeScript source: string literals, property keys and comments that
 * hold whatever was written without ending early or hiding anything.
 */

const asciiIdentifier = /^[A-Za-z_$][A-Za-z0-9_$]*$/;

/** What a reader of the source would not see, or would see somewhere else: line separators, bidi controls, BOM, NEL. */
const invisible = /[\u0085\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/**
 * A double-quoted literal. `JSON.stringify` escapes quotes, control characters and lone surrogates; a backslash is
 * written by its number, because ts-morph's writer takes the quote after two backslashes for an escaped one.
 */
export function stringLiteral(text: string): string {
  return JSON.stringify(text)
    .replaceAll("\\\\", "\\u005c")
    .replace(invisible, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** The text of a literal type. `-0` is `0`: JSON and `===` do not tell them apart. */
export function literal(value: string | number | boolean | null): string {
  return typeof value === "string" ? stringLiteral(value) : String(value === 0 ? 0 : value);
}

/** A key of an interface or an object literal. `new(…)` would be a construct signature, `__proto__: …` no key at all. */
export function propertyKey(name: string): string {
  if (name === "__proto__") return `["__proto__"]`;
  return asciiIdentifier.test(name) && name !== "new" ? name : stringLiteral(name);
}

/** `value.key`, or `value["key"]` where the key is no identifier. */
export function propertyAccess(name: string): string {
  return asciiIdentifier.test(name) ? `.${name}` : `[${stringLiteral(name)}]`;
}

/**
 * Text that may stand inside a block comment: it cannot end it, and no word of it begins a TSDoc tag. Every kind of
 * line break becomes a new line.
 */
export function commentText(text: string): string {
  return text
    .replaceAll("*/", "*\\/")
    .split(/\r\n|[\n\r\u0085\u2028\u2029]/)
    .map((line) => line.trimEnd().replace(/(^|\s)@(?=\w)/g, "$1\\@"))
    .join("\n")
    .trim();
}

/** `room` → `Room`. */
export function capitalize(identifier: string): string {
  return identifier.slice(0, 1).toUpperCase() + identifier.slice(1);
}
