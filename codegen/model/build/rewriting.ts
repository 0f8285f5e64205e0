/**
 * A payload is parsed on every hop: what one hop makes of it, the next must accept and leave alone. Unions can break
 * that: once a hop has dropped a key or cut a text, an earlier option may match.
 */
import type { TypeNode, WireNode } from "../nodes.js";
import { partsOf, settle } from "../parts.js";

type JsonType = "string" | "number" | "boolean" | "null" | "array" | "object";

/** The types of JSON that a node can accept, and whether it may change a value of each. */
type Accepted = ReadonlyMap<JsonType, boolean>;

/**
 * Finds the type of JSON that two options share while one of them rewrites it.
 *
 * @returns asks for a union's options; `null` if the union is sound
 */
export function rewrittenTwice(
  types: ReadonlyMap<string, TypeNode>,
): (options: readonly WireNode[]) => JsonType | null {
  const of = settle<Accepted>(types, new Map(), accept, same);
  return (options) => {
    const accepted = options.map((option) => accept(option, of));
    for (const [index, one] of accepted.entries()) {
      for (const other of accepted.slice(index + 1)) {
        for (const [type, rewrites] of one) {
          if (other.has(type) && (rewrites || other.get(type) === true)) return type;
        }
      }
    }
    return null;
  };
}

function same(a: Accepted, b: Accepted): boolean {
  return a.size === b.size && [...a].every(([type, rewrites]) => b.get(type) === rewrites);
}

function accept(node: WireNode, of: (name: string) => Accepted): Accepted {
  const inside = (part: WireNode) => accept(part, of);
  const rewrites = (part: WireNode) => [...inside(part).values()].includes(true);
  switch (node.kind) {
    case "string":
      return new Map([["string", node.trim]]);
    case "number":
    case "boolean":
    case "null":
      return new Map([[node.kind, false]]);
    case "never":
      return new Map();
    case "json":
      return new Map(all.map((type) => [type, false]));
    case "literal":
      return new Map(node.values.map((value) => [value === null ? "null" : jsonType(value), false]));
    case "array":
    case "tuple":
      return new Map([["array", partsOf(node).some(rewrites)]]);
    case "object": {
      const fills = node.properties.some((property) => property.absent.kind === "value");
      return new Map([
        ["object", node.unknownKeys.kind === "strip" || fills || partsOf(node).some(rewrites)],
      ]);
    }
    case "record":
      return new Map([["object", rewrites(node.value)]]);
    case "intersection":
      return new Map([["object", true]]);
    case "union":
    case "discriminatedUnion":
    case "pipe":
      return merge(partsOf(node).map(inside));
    case "nullable":
      return merge([new Map([["null", false]]), inside(node.node)]);
    case "reference":
      return of(node.name);
    default:
      return node satisfies never;
  }
}

const all: readonly JsonType[] = ["string", "number", "boolean", "null", "array", "object"];

function jsonType(value: string | number | boolean): JsonType {
  const type = typeof value;
  return type === "string" || type === "number" ? type : "boolean";
}

function merge(parts: readonly Accepted[]): Accepted {
  const merged = new Map<JsonType, boolean>();
  for (const part of parts)
    for (const [type, rewrites] of part) merged.set(type, merged.get(type) === true || rewrites);
  return merged;
}
