import type { TypeNode, WireNode } from "./nodes.js";
import { partsOf, settle } from "./parts.js";

/**
 * Which types differ between what goes in and what comes out: a default may be left out, a pipe narrows, text gets a
 * meaning.
 *
 * @returns asks for a type by its name
 */
export function inputDiffers(types: ReadonlyMap<string, TypeNode>): (name: string) => boolean {
  return settle(types, false, differs);
}

function differs(node: WireNode, of: (name: string) => boolean): boolean {
  switch (node.kind) {
    case "reference":
      return of(node.name);
    case "pipe":
      return node.from.kind !== node.into.kind || node.into.kind === "literal";
    case "string":
      // Senders write plain text; receivers know that it was checked.
      return node.meaning !== undefined && node.meaning !== "id";
    case "object":
      if (node.properties.some((property) => property.absent.kind === "value")) return true;
      break;
    default:
  }
  return partsOf(node).some((part) => differs(part, of));
}
