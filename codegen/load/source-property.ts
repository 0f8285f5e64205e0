import { createRequire } from "node:module";
import type { ts } from "ts-morph";
import type { SourcePosition } from "../model/nodes.js";

/** TypeScript's parser. Only a mistake needs it, so that loading it costs nobody else a quarter of a second. */
function typescript(): typeof ts {
  const morph: typeof import("ts-morph") = createRequire(import.meta.url)("ts-morph");
  return morph.ts;
}

/** A property of an object literal. */
interface Property {
  readonly offset: number;
  /** `null` where only the value tells: a computed key. */
  readonly name: string | null;
  /** What follows its colon; `undefined` for `{ a }` and `{ a() {} }`. */
  readonly value: ts.Expression | undefined;
}

/**
 * Where a property stands in the object that a call is given last: `["events", "posted"]` in `channel("room", { events: {
 * posted: … } })`.
 *
 * @param call - offset of the call's name in `text`
 * @param given - the object itself, whose keys say what the computed ones are
 * @returns the offset of the key; `null` where it is not written there, as with a spread or a variable
 */
export function propertyOffset(
  text: string,
  call: number,
  path: readonly string[],
  given: unknown,
): number | null {
  const parser = typescript();
  const file = parser.createSourceFile("schema.ts", text, parser.ScriptTarget.Latest, true);
  let value = callAt(parser, file, call)?.arguments.at(-1);
  let object = given;
  let found: Property | undefined;
  for (const name of path) {
    const literal = value === undefined ? undefined : objectIn(parser, value);
    found = literal === undefined ? undefined : propertyOf(parser, literal, name, object);
    if (found === undefined) return null;
    value = found.value;
    object = typeof object === "object" && object !== null ? Reflect.get(object, name) : undefined;
  }
  return found?.offset ?? null;
}

/** The innermost call in whose name the offset lies. */
function callAt(parser: typeof ts, node: ts.Node, offset: number): ts.CallExpression | undefined {
  const inner = parser.forEachChild(node, (child) =>
    child.pos <= offset && offset < child.end ? callAt(parser, child, offset) : undefined,
  );
  if (inner !== undefined) return inner;
  return parser.isCallExpression(node) && offset < node.expression.end ? node : undefined;
}

/** The literal without what only types see: `{ … } as const`. */
function objectIn(parser: typeof ts, value: ts.Expression): ts.ObjectLiteralExpression | undefined {
  if (parser.isObjectLiteralExpression(value)) return value;
  const isWrapped =
    parser.isAsExpression(value) ||
    parser.isSatisfiesExpression(value) ||
    parser.isParenthesizedExpression(value);
  return isWrapped ? objectIn(parser, value.expression) : undefined;
}

function propertyOf(
  parser: typeof ts,
  literal: ts.ObjectLiteralExpression,
  name: string,
  object: unknown,
): Property | undefined {
  const properties = literal.properties.flatMap((each) => propertyIn(parser, each));
  const written = properties.findLast((property) => property.name === name);
  if (written !== undefined || typeof object !== "object" || object === null) return written;
  // Keys keep the order in which they are written, so that those which are computed are what remains.
  const computed = properties.filter((property) => property.name === null);
  const names = new Set(properties.map((property) => property.name));
  const remaining = Object.keys(object).filter((key) => !names.has(key));
  return computed.length === remaining.length ? computed[remaining.indexOf(name)] : undefined;
}

/** Nothing for a spread. */
function propertyIn(parser: typeof ts, property: ts.ObjectLiteralElementLike): readonly Property[] {
  if (property.name === undefined) return [];
  const value = parser.isPropertyAssignment(property) ? property.initializer : undefined;
  return [{ offset: property.name.getStart(), name: nameOf(parser, property.name), value }];
}

function nameOf(parser: typeof ts, key: ts.PropertyName): string | null {
  const name = parser.isComputedPropertyName(key) ? key.expression : key;
  const isWritten = name === key || parser.isStringLiteralLike(name);
  return isWritten && "text" in name ? String(name.text) : null;
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
