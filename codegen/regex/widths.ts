import type { AST } from "@eslint-community/regexpp";

interface Width {
  readonly least: number;
  readonly most: number;
}

/** How many characters an element takes, at least and at most. */
export function widthOf(node: AST.Element | AST.Alternative): Width {
  switch (node.type) {
    case "Alternative":
      return node.elements
        .map(widthOf)
        .reduce((sum, width) => ({ least: sum.least + width.least, most: sum.most + width.most }), {
          least: 0,
          most: 0,
        });
    case "Group":
    case "CapturingGroup": {
      const widths = node.alternatives.map(widthOf);
      return {
        least: Math.min(...widths.map((width) => width.least)),
        most: Math.max(...widths.map((width) => width.most)),
      };
    }
    case "Quantifier": {
      const width = widthOf(node.element);
      return { least: width.least * node.min, most: width.most === 0 ? 0 : width.most * node.max };
    }
    case "Assertion":
      return { least: 0, most: 0 };
    default:
      return { least: 1, most: 1 };
  }
}

function childrenOf(node: AST.Element): readonly AST.Element[] {
  if (node.type === "Quantifier") return [node.element];
  if (node.type === "Group" || node.type === "CapturingGroup") {
    return node.alternatives.flatMap((alternative) => alternative.elements);
  }
  return [];
}

function nestedUnevenChoice(node: AST.Element): boolean {
  if (node.type === "Group" || node.type === "CapturingGroup") {
    const lengths = new Set(node.alternatives.map((alternative) => widthOf(alternative).most));
    if (lengths.size > 1) return true;
  }
  return childrenOf(node).some(nestedUnevenChoice);
}

function containsAssertion(node: AST.Element): boolean {
  return node.type === "Assertion" || childrenOf(node).some(containsAssertion);
}

/**
 * Why Ruby cannot take this lookbehind, or null where it can: it wants alternatives of fixed length, of different
 * lengths at the top level only, and no assertion inside.
 */
export function lookbehindRefusal(assertion: AST.LookbehindAssertion): string | null {
  for (const alternative of assertion.alternatives) {
    const width = widthOf(alternative);
    if (width.least !== width.most) return "a lookbehind of variable length";
    if (alternative.elements.some(nestedUnevenChoice)) {
      return "a lookbehind with nested alternatives of different lengths";
    }
    if (alternative.elements.some(containsAssertion)) return "an assertion inside a lookbehind";
  }
  return null;
}
