import { type AST, RegExpParser } from "@eslint-community/regexpp";

const parser = new RegExpParser({ ecmaVersion: 2025 });

/** As many turns of a loop are as bad as a loop without an end. */
const manyTurns = 8;

/**
 * Whether a pattern has a loop that could go through one text in more than one way: another loop, a choice or an option
 * inside it. Without one it cannot take exponential time; with one it has to be looked at.
 */
export function hasInnerChoice({ source, flags }: RegExp): boolean {
  const pattern = parser.parsePattern(source, 0, source.length, {
    unicode: flags.includes("u"),
    unicodeSets: flags.includes("v"),
  });
  return pattern.alternatives.some((alternative) =>
    alternative.elements.some((element) => inElement(element, false)),
  );
}

function inElement(node: AST.Element, looped: boolean): boolean {
  switch (node.type) {
    case "Quantifier":
      if (looped && node.min !== node.max) return true;
      return inElement(node.element, looped || node.max >= manyTurns);
    case "Group":
    case "CapturingGroup":
      if (looped && node.alternatives.length > 1) return true;
      return inAlternatives(node.alternatives, looped);
    case "Assertion":
      return node.kind === "lookahead" || node.kind === "lookbehind"
        ? inAlternatives(node.alternatives, looped)
        : false;
    default:
      return false;
  }
}

function inAlternatives(alternatives: readonly AST.Alternative[], looped: boolean): boolean {
  return alternatives.some((alternative) =>
    alternative.elements.some((element) => inElement(element, looped)),
  );
}
