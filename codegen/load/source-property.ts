import type { SourcePosition } from "../model/nodes.js";

/** Comments, regular expressions, strings, names and numbers as one token each, so that no bracket inside them counts. */
const tokens =
  /\/\/[^\n\r]*|\/\*[\s\S]*?\*\/|(?<=[(,=:[]\s*)\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/\w*|`(?:\\[\s\S]|[^`\\])*`|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'|(?:[\p{L}_$]|\\u(?:[\da-f]{4}|\{[\da-f]+\}))(?:[\p{L}\p{N}_$]|\\u(?:[\da-f]{4}|\{[\da-f]+\}))*|\d[\w.]*|\.\.\.|\S/giu;

interface Token {
  readonly text: string;
  /** In the text that was given. */
  readonly offset: number;
}

/** A property of an object literal. */
interface Property {
  readonly offset: number;
  /** `null` where only the value tells: a computed key. */
  readonly name: string | null;
  /** What follows its colon; nothing for `{ a }` and `{ a() {} }`. */
  readonly value: readonly Token[];
}

/**
 * Where a property stands in the object that a call is given last: `["events", "posted"]` in `channel("room", { events: {
 * posted: … } })`.
 *
 * @param call - offset of the call in `text`
 * @param given - the object itself, whose keys say what the computed ones are
 * @returns the offset of the key; `null` where it is not written there, as with a spread or a variable
 */
export function propertyOffset(
  text: string,
  call: number,
  path: readonly string[],
  given: unknown,
): number | null {
  let literal = lastArgument(tokensOf(text, call));
  let object = given;
  let found: Property | undefined;
  for (const name of path) {
    found = literal[0]?.text === "{" ? propertyOf(literal, name, object) : undefined;
    if (found === undefined) return null;
    literal = found.value;
    object = typeof object === "object" && object !== null ? Reflect.get(object, name) : undefined;
  }
  return found?.offset ?? null;
}

/** From the call on, to its closing bracket. */
function tokensOf(text: string, call: number): readonly Token[] {
  const found: Token[] = [];
  let depth = 0;
  for (const { 0: token, index } of text.slice(call).matchAll(tokens)) {
    if (token.startsWith("//") || token.startsWith("/*")) continue;
    found.push({ text: token, offset: call + index });
    depth += depthOf(token);
    if (depth === 0 && depthOf(token) < 0) break;
  }
  return found;
}

const depthOf = (token: string) => ("({[".includes(token) ? 1 : ")}]".includes(token) ? -1 : 0);

function lastArgument(call: readonly Token[]): readonly Token[] {
  const open = call.findIndex(({ text }) => text === "(");
  return listed(call.slice(open)).at(-1) ?? [];
}

/** What stands between the brackets that a text begins with, apart by its commas; nothing after a last comma. */
function listed(bracketed: readonly Token[]): readonly (readonly Token[])[] {
  const items: Token[][] = [[]];
  let depth = 0;
  for (const token of bracketed) {
    const before = depth;
    depth += depthOf(token.text);
    if (depth === 0) break;
    if (before === 0) continue;
    if (before === 1 && token.text === ",") items.push([]);
    else items.at(-1)?.push(token);
  }
  return items.filter((item) => item.length > 0);
}

function propertyOf(literal: readonly Token[], name: string, object: unknown): Property | undefined {
  const properties = listed(literal).map(propertyIn);
  const written = properties.findLast((property) => property?.name === name);
  if (written !== undefined || typeof object !== "object" || object === null) return written;
  // Keys keep the order in which they are written, so that those which are computed are what remains.
  const computed = properties.filter((property) => property?.name === null);
  const names = new Set(properties.map((property) => property?.name));
  const remaining = Object.keys(object).filter((key) => !names.has(key));
  return computed.length === remaining.length ? computed[remaining.indexOf(name)] : undefined;
}

/** `undefined` for a spread. */
function propertyIn(item: readonly Token[]): Property | undefined {
  const [first] = item;
  if (first === undefined || first.text === "...") return undefined;
  const { offset } = first;
  if (first.text !== "[") return { offset, name: keyOf(first.text), value: afterColon(item.slice(1)) };
  const inside = listed(item)[0] ?? [];
  const [only, ...more] = inside;
  const name = only !== undefined && more.length === 0 && isText(only.text) ? keyOf(only.text) : null;
  return { offset, name, value: afterColon(item.slice(inside.length + 2)) };
}

function afterColon([colon, ...value]: readonly Token[]): readonly Token[] {
  return colon?.text === ":" ? value : [];
}

const isText = (token: string) => /^["']/.test(token) || (token.startsWith("`") && !token.includes("${"));

function keyOf(token: string): string {
  if (/^\d/.test(token)) return String(Number(token));
  return (isText(token) ? token.slice(1, -1) : token).replace(escapes, meant);
}

const escapes = /\\(?:u\{([\da-f]+)\}|u([\da-f]{4})|x([\da-f]{2})|(\r\n|[\s\S]))/gi;
const letters: Readonly<Record<string, string>> = {
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  0: "\0",
};

function meant(_: string, wide?: string, four?: string, two?: string, other = ""): string {
  const code = wide ?? four ?? two;
  if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
  return /[\r\n\u2028\u2029]/.test(other) ? "" : (letters[other] ?? other);
}

/** The offset of a place in a text. */
export function offsetOf(text: string, { line, column }: Pick<SourcePosition, "line" | "column">): number {
  const lines = text.split(/(?<=\r\n|\n|\r(?!\n))/);
  return lines.slice(0, line - 1).join("").length + column - 1;
}

/** The place right after the beginning of a file. */
export function positionAfter(file: string, beginning: string): SourcePosition {
  const lines = beginning.split(/\r\n|\n|\r/);
  return { file, line: lines.length, column: (lines.at(-1) ?? "").length + 1 };
}
