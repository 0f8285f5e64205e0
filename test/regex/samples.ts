import { type AST, RegExpParser } from "@eslint-community/regexpp";
import { casesOf, charactersOf } from "../../codegen/regex/enumerate.js";
import type { Ranges } from "../../codegen/regex/ranges.js";
import { Random } from "../conformance/fuzz/random.js";

const parser = new RegExpParser({ ecmaVersion: 2025 });

/** On which engines differ, whatever the pattern. */
const ALWAYS = [
  "",
  "a",
  "\n",
  "a\n",
  "\na",
  "a\nb",
  "\r",
  "\u2028",
  "\u2029",
  "\u0085",
  "\u00a0",
  "\ufeff",
  " ",
  "\t",
  "\0",
  "_",
  "0",
  "K",
  "\u212a",
  "ſ",
  "ß",
  "SS",
  "ss",
  "İ",
  "i",
  "é",
  "e\u0301",
  "😀",
  "😀😀",
  "a😀",
  "😀b",
  "\u{10ffff}",
  "٣",
  "日本",
  "#{x}",
  "\\",
  "/",
];

const MUTATIONS = ["\n", " ", "😀", "a", "", "A", "\u2028", "é", "-", "9"];

function oneOf(ranges: Ranges, unicode: boolean, random: Random): string {
  const range = ranges[random.chance(0.7) ? 0 : random.below(ranges.length)];
  if (range === undefined) return "";
  const [from, to] = range;
  const code = from + random.below(Math.min(to - from + 1, random.chance(0.8) ? 64 : 0x20000));
  return unicode ? String.fromCodePoint(code) : String.fromCharCode(code);
}

/** Walks a pattern and writes what it asks for; assertions are hoped for. */
function write(node: AST.Element, flags: string, random: Random): string {
  const unicode = /[uv]/.test(flags);
  switch (node.type) {
    case "Character":
      return oneOf(
        flags.includes("i") ? casesOf(node.value, flags) : [[node.value, node.value]],
        unicode,
        random,
      );
    case "CharacterSet":
    case "CharacterClass":
    case "ExpressionCharacterClass":
      return oneOf(charactersOf(node.raw, flags), unicode, random);
    case "Group":
    case "CapturingGroup":
      return random
        .pick(node.alternatives)
        .elements.map((element) => write(element, flags, random))
        .join("");
    case "Quantifier": {
      const most = Math.min(node.max, node.min + 3);
      const times = Math.min(40, node.min + random.below(most - node.min + 1));
      return Array.from({ length: times }, () => write(node.element, flags, random)).join("");
    }
    case "Assertion":
    case "Backreference":
      return "";
    default:
      return node satisfies never;
  }
}

const isWellFormed = (text: string) => !/\p{Surrogate}/u.test(text);

/**
 * Strings for a pattern: what every pattern gets, some that should match, and those with something put in or taken
 * out. Half surrogate pairs are outside the domain, so no string has one.
 */
export function samplesFor(pattern: RegExp, count: number, seed: number, longest = 200): string[] {
  const random = new Random(seed);
  const { source, flags } = pattern;
  const ast = parser.parsePattern(source, 0, source.length, {
    unicode: flags.includes("u"),
    unicodeSets: flags.includes("v"),
  });
  const hoped = Array.from({ length: count }, () => {
    const text = random
      .pick(ast.alternatives)
      .elements.map((element) => write(element, flags, random))
      .join("");
    if (random.chance(0.5)) return text;
    const at = random.below(text.length + 1);
    return text.slice(0, at) + random.pick(MUTATIONS) + text.slice(at + random.below(2));
  });
  return [...ALWAYS, ...hoped].filter((text) => text.length <= longest && isWellFormed(text));
}
