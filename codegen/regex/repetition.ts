import { type AST, RegExpParser, visitRegExpAST } from "@eslint-community/regexpp";

const parser = new RegExpParser({ ecmaVersion: 2025 });

/** As many turns of a loop are as bad as a loop without an end. */
const manyTurns = 8;

/**
 * Whether a pattern has a loop that could go through one text in more than one way: another loop, a choice or an option
 * inside it. Without one it cannot take exponential time; with one it has to be looked at.
 */
export function hasInnerChoice(pattern: RegExp): boolean {
  return inAlternatives(parse(pattern).alternatives, false);
}

/**
 * A pattern's source with every count cut down to at most three: as many ways through a text need no more turns, and an
 * automaton for `{0,61}` would have sixty states for each inside it.
 */
export function withShortRepeats(pattern: RegExp): string {
  const quantifiers: AST.Quantifier[] = [];
  visitRegExpAST(parse(pattern), { onQuantifierEnter: (node) => void quantifiers.push(node) });
  let { source } = pattern;
  // From the end, so that offsets before it stay true.
  for (const { element, end, raw, min, max, greedy } of quantifiers.sort(
    (one, other) => other.end - one.end,
  )) {
    if (!raw.endsWith(greedy ? "}" : "}?")) continue;
    const most = max === Number.POSITIVE_INFINITY ? "" : Math.min(max, 3);
    source = `${source.slice(0, element.end)}{${Math.min(min, 3)},${most}}${greedy ? "" : "?"}${source.slice(end)}`;
  }
  return source;
}

function parse({ source, flags }: RegExp): AST.Pattern {
  return parser.parsePattern(source, 0, source.length, {
    unicode: flags.includes("u"),
    unicodeSets: flags.includes("v"),
  });
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
