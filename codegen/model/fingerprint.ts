import { createHash } from "node:crypto";
import { canonicalJson } from "./json.js";
import type { Json, TypeNode, WireNode } from "./nodes.js";

/** 12 hex digits of SHA-256. */
export function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

/**
 * The fingerprint of what a node accepts and makes of it. Names of types, documentation, meanings, the order of
 * properties and of an enum's values do not count; whether a part has a name or stands inline does not either.
 */
export function fingerprint(types: ReadonlyMap<string, TypeNode>, node: WireNode): string {
  return fingerprints(types)(node);
}

/** The same for many nodes of one contract: shared parts are looked at once. */
export function fingerprints(types: ReadonlyMap<string, TypeNode>): (node: WireNode) => string {
  const closed = new Map<WireNode, string>();

  /** `lowest`: the outermost node around, counted from 0, that something inside refers back to. */
  function describe(
    node: WireNode,
    around: readonly WireNode[],
  ): { readonly text: string; readonly lowest: number } {
    const target = resolveReference(types, node);
    const known = closed.get(target);
    if (known !== undefined) return { text: known, lowest: Infinity };
    const seen = around.indexOf(target);
    if (seen >= 0) return { text: `back:${around.length - seen}`, lowest: seen };

    let lowest = Infinity;
    const part = (child: WireNode): string => {
      const described = describe(child, [...around, target]);
      lowest = Math.min(lowest, described.lowest);
      return described.text;
    };
    const text = digestLong(canonicalJson(wireForm(target, part)));
    if (lowest < around.length) return { text, lowest };
    closed.set(target, text);
    return { text, lowest: Infinity };
  }

  return (node) => digest(describe(node, []).text);
}

function digestLong(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function resolveReference(types: ReadonlyMap<string, TypeNode>, node: WireNode): WireNode {
  let current = node;
  while (current.kind === "reference") {
    const type = types.get(current.name);
    if (type === undefined) throw new Error(`The type ${current.name} is not in the model.`);
    current = type.node;
  }
  return current;
}

/** What of a node counts, with its parts as texts. */
function wireForm(node: WireNode, part: (child: WireNode) => string): Json {
  switch (node.kind) {
    case "string":
      return { kind: node.kind, trim: node.trim, checks: node.checks.map((check) => ({ ...check })) as Json };
    case "number":
      return { kind: node.kind, checks: node.checks.map((check) => ({ ...check })) as Json };
    case "boolean":
    case "null":
    case "never":
    case "json":
      return { kind: node.kind };
    case "literal":
      return { kind: node.kind, values: node.values.map((value) => JSON.stringify(value)).sort() };
    case "array":
      return {
        kind: node.kind,
        element: part(node.element),
        checks: node.checks.map((check) => ({ ...check })),
      };
    case "tuple":
      return {
        kind: node.kind,
        items: node.items.map(part),
        required: node.required,
        rest: node.rest === undefined ? null : part(node.rest),
      };
    case "object": {
      const properties = node.properties
        .map((property) => [property.name, part(property.node), { ...property.absent }] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1));
      const { unknownKeys } = node;
      const unknown = unknownKeys.kind === "catchall" ? part(unknownKeys.node) : unknownKeys.kind;
      return { kind: node.kind, properties: properties.map((property) => [...property]), unknown };
    }
    case "record":
      return {
        kind: node.kind,
        value: part(node.value),
        keys:
          node.keys.kind === "string"
            ? part(node.keys.node)
            : { names: [...node.keys.names].sort(), exhaustive: node.keys.exhaustive },
      };
    case "union":
      return { kind: node.kind, options: node.options.map(part) };
    case "discriminatedUnion":
      return {
        kind: node.kind,
        discriminator: node.discriminator,
        options: node.options.map((option) => [
          ...option.values.map((value) => JSON.stringify(value)),
          part(option.node),
        ]),
      };
    case "intersection":
      return { kind: node.kind, parts: [part(node.left), part(node.right)] };
    case "nullable":
      return { kind: node.kind, node: part(node.node) };
    case "pipe":
      return { kind: node.kind, from: part(node.from), into: part(node.into) };
    case "reference":
      return part(node);
    default:
      return node satisfies never;
  }
}
