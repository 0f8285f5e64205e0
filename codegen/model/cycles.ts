import type { TypeNode, WireNode } from "./nodes.js";
import { partsOf } from "./parts.js";

/**
 * Whether a node holds a cycle: a type that refers to itself, or `z.json()`, which is one inside zod.
 *
 * @returns asks for a node
 */
export function cycles(types: ReadonlyMap<string, TypeNode>): (node: WireNode) => boolean {
  // "open" is on the way from the root to here, so to meet it again is the cycle.
  const known = new Map<string, "open" | boolean>();

  function hasCycle(node: WireNode): boolean {
    if (node.kind === "json") return node.source === "json";
    if (node.kind !== "reference") return partsOf(node).some(hasCycle);
    const state = known.get(node.name);
    if (state !== undefined) return state === "open" || state;
    const type = types.get(node.name);
    if (type === undefined) return false;
    known.set(node.name, "open");
    const found = hasCycle(type.node);
    known.set(node.name, found);
    return found;
  }

  return hasCycle;
}
