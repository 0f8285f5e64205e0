import type { TypeNode, WireNode } from "./nodes.js";

/** Whether what goes in and what comes out of a node differ in type: a default may be left out, a pipe narrows, text
 * gets a meaning. */
export function inputDiffers(
  types: ReadonlyMap<string, TypeNode>,
  node: WireNode,
  around = new Set<string>(),
): boolean {
  const differs = (part: WireNode) => inputDiffers(types, part, around);
  switch (node.kind) {
    case "object":
      return (
        node.properties.some((property) => property.absent.kind === "value" || differs(property.node)) ||
        (node.unknownKeys.kind === "catchall" && differs(node.unknownKeys.node))
      );
    case "array":
      return differs(node.element);
    case "tuple":
      return node.items.some(differs) || (node.rest !== undefined && differs(node.rest));
    case "record":
      return differs(node.value);
    case "union":
      return node.options.some(differs);
    case "discriminatedUnion":
      return node.options.some((option) => differs(option.node));
    case "intersection":
      return differs(node.left) || differs(node.right);
    case "nullable":
      return differs(node.node);
    case "pipe":
      return node.from.kind !== node.into.kind || node.into.kind === "literal";
    case "reference": {
      if (around.has(node.name)) return false;
      const type = types.get(node.name);
      return type !== undefined && inputDiffers(types, type.node, new Set([...around, node.name]));
    }
    case "string":
      // Senders write plain text; receivers know that it was checked.
      return node.meaning !== undefined && node.meaning !== "id";
    case "number":
    case "boolean":
    case "null":
    case "never":
    case "json":
    case "literal":
      return false;
    default:
      return node satisfies never;
  }
}
