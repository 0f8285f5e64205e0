/**
 * A payload is parsed on every hop: what one hop makes of it, the next must accept and leave alone. Unions can break
 * that: once a hop has dropped a key or cut a text, an earlier option may match.
 */
import type { TypeNode, WireNode } from "../nodes.js";

type JsonType = "string" | "number" | "boolean" | "null" | "array" | "object";

/** The types of JSON that a node can accept, and whether it may change a value of each. */
type Accepted = ReadonlyMap<JsonType, boolean>;

/** The type of JSON that two options share while one of them rewrites it; `null` if the union is sound. */
export function rewrittenTwice(
  types: ReadonlyMap<string, TypeNode>,
  options: readonly WireNode[],
): JsonType | null {
  const accepted = options.map((option) => acceptedBy(types, option, new Set()));
  for (const [index, one] of accepted.entries()) {
    for (const other of accepted.slice(index + 1)) {
      for (const [type, rewrites] of one) {
        if (other.has(type) && (rewrites || other.get(type) === true)) return type;
      }
    }
  }
  return null;
}

function acceptedBy(types: ReadonlyMap<string, TypeNode>, node: WireNode, around: Set<WireNode>): Accepted {
  // A node inside itself adds nothing to what it accepts or rewrites.
  if (around.has(node)) return new Map();
  around.add(node);
  const result = accept(types, node, around);
  around.delete(node);
  return result;
}

function accept(types: ReadonlyMap<string, TypeNode>, node: WireNode, around: Set<WireNode>): Accepted {
  const rewrites = (part: WireNode) => [...acceptedBy(types, part, around).values()].includes(true);
  switch (node.kind) {
    case "string":
      return new Map([["string", node.trim]]);
    case "number":
      return new Map([["number", false]]);
    case "boolean":
      return new Map([["boolean", false]]);
    case "null":
      return new Map([["null", false]]);
    case "never":
      return new Map();
    case "json":
      return new Map(all.map((type) => [type, false]));
    case "literal":
      return new Map(node.values.map((value) => [value === null ? "null" : jsonType(value), false]));
    case "array":
      return new Map([["array", rewrites(node.element)]]);
    case "tuple":
      return new Map([
        ["array", [...node.items, ...(node.rest === undefined ? [] : [node.rest])].some(rewrites)],
      ]);
    case "object": {
      const { unknownKeys } = node;
      const drops =
        unknownKeys.kind === "strip" || (unknownKeys.kind === "catchall" && rewrites(unknownKeys.node));
      const changes = node.properties.some(
        (property) => property.absent.kind === "value" || rewrites(property.node),
      );
      return new Map([["object", drops || changes]]);
    }
    case "record":
      return new Map([["object", rewrites(node.value)]]);
    case "intersection":
      return new Map([["object", true]]);
    case "discriminatedUnion":
      return merge(node.options.map((option) => acceptedBy(types, option.node, around)));
    case "union":
      return merge(node.options.map((option) => acceptedBy(types, option, around)));
    case "nullable":
      return merge([new Map([["null", false]]), acceptedBy(types, node.node, around)]);
    case "pipe":
      return merge([acceptedBy(types, node.from, around), acceptedBy(types, node.into, around)]);
    case "reference": {
      const type = types.get(node.name);
      return type === undefined ? new Map() : acceptedBy(types, type.node, around);
    }
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
