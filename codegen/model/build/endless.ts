import type { WireNode } from "../nodes.js";
import { settle } from "../parts.js";
import { type Building, report } from "./building.js";

/**
 * Refuses types that need a value of themselves in every value, so that no value has an end: `Node` with a required
 * field of `Node`. Each such circle is told once, at the first of its types.
 */
export function checkEndless(building: Building): void {
  const { types } = building;
  const ends = settle<boolean>(types, false, (node, of) => needed(node, of) === null);
  const next = (name: string): string | null => {
    const type = types.get(name);
    return type === undefined ? null : needed(type.node, ends);
  };
  const seen = new Set<string>();
  for (const start of types.keys()) {
    const way: string[] = [];
    for (let name = next(start) === null ? null : start; name !== null; name = next(name)) {
      if (way.includes(name)) reportCircle(building, [...way.slice(way.indexOf(name)), name]);
      if (seen.has(name)) break;
      seen.add(name);
      way.push(name);
    }
  }
}

function reportCircle(building: Building, circle: readonly string[]): void {
  const node = building.types.get(circle[0] ?? "")?.node;
  const origin = node === undefined ? undefined : building.origins.get(node);
  if (origin === undefined) return;
  report(building, origin.place.path, building.reader.origin(origin.schema), {
    code: "SB1219",
    message: `no value of ${circle[0]} ever ends: each needs another inside (${circle.join(" → ")})`,
  });
}

/** The first type without an end that every value of a node must hold; `null` where some value does without. */
function needed(node: WireNode, ends: (name: string) => boolean): string | null {
  const among = (nodes: readonly WireNode[]) => nodes.map((part) => needed(part, ends));
  const anyOf = (nodes: readonly WireNode[]) => among(nodes).find((name) => name !== null) ?? null;
  const allOf = (nodes: readonly WireNode[]) => {
    const names = among(nodes);
    return names.includes(null) ? null : (names[0] ?? null);
  };
  switch (node.kind) {
    case "reference":
      return ends(node.name) ? null : node.name;
    case "object":
      return anyOf(
        node.properties.filter(({ absent }) => absent.kind === "missing").map((property) => property.node),
      );
    case "array":
      return node.checks.some((check) => check.kind !== "maxLength" && check.value > 0)
        ? needed(node.element, ends)
        : null;
    case "tuple":
      return anyOf(node.items.slice(0, node.required));
    case "record":
      return node.keys.kind === "names" && node.keys.exhaustive ? needed(node.value, ends) : null;
    case "union":
      return allOf(node.options);
    case "discriminatedUnion":
      return allOf(node.options.map((option) => option.node));
    case "intersection":
      return anyOf([node.left, node.right]);
    case "pipe":
      return anyOf([node.from, node.into]);
    case "nullable":
    case "string":
    case "number":
    case "boolean":
    case "null":
    case "never":
    case "json":
    case "literal":
      return null;
    default:
      return node satisfies never;
  }
}
