import type { Random } from "../conformance/fuzz/random.js";

const CHARACTERS = [
  "a",
  "b",
  "k",
  "s",
  "1",
  "_",
  "-",
  " ",
  "\\n",
  "\\.",
  "\\/",
  "é",
  "ß",
  "\\u212a",
  "#",
  "\\{",
  "&",
  "\\x41",
  "\\cJ",
  "\\0",
];
const CLASSES = [
  ".",
  "\\d",
  "\\w",
  "\\s",
  "\\D",
  "\\W",
  "\\S",
  "[ab]",
  "[^a]",
  "[a-f0-9]",
  "[^\\n]",
  "[\\w.-]",
  "[\\s\\S]",
  "[^]",
  "[]",
  "[\\b]",
  "[&&]",
  "[\\]\\[]",
];
const UNICODE = [
  "\\p{L}",
  "\\p{Lu}",
  "\\P{L}",
  "\\p{Script=Greek}",
  "\\p{Emoji}",
  "\\u{1f600}",
  "[\\u{1f600}-\\u{1f610}]",
  "[^\\u{1f600}]",
];
const SETS = ["[\\w--\\d]", "[\\p{L}&&[a-z]]", "[[a-z]--[aeiou]]"];
const UNITS = ["\\ud83d", "[\\ud800-\\udbff]", "😀", "[😀]"];
const QUANTIFIERS = [
  "*",
  "+",
  "?",
  "{2}",
  "{1,2}",
  "{2,}",
  "*?",
  "+?",
  "??",
  "{2}?",
  "{0}",
  "{0,1}",
  "{1,3}?",
];
const FLAGS = ["", "", "", "i", "s", "m", "u", "iu", "su", "v", "g", "y"];

function term(random: Random, flags: string, depth: number): string {
  const unicode = /[uv]/.test(flags);
  if (depth < 3 && random.chance(0.25)) {
    const inside = disjunction(random, flags, depth + 1);
    return random.pick([`(${inside})`, `(?:${inside})`]);
  }
  if (random.chance(0.5)) return random.pick(CHARACTERS);
  if (flags.includes("v") && random.chance(0.3)) return random.pick(SETS);
  if (unicode && random.chance(0.4)) return random.pick(UNICODE);
  if (!unicode && random.chance(0.1)) return random.pick(UNITS);
  return random.pick(CLASSES);
}

function assertion(random: Random, flags: string, depth: number): string {
  const kind = random.below(7);
  if (kind === 0) return "^";
  if (kind === 1) return "$";
  if (kind === 2) return "\\b";
  if (kind === 3) return `(?=${disjunction(random, flags, depth + 1)})`;
  if (kind === 4) return `(?!${disjunction(random, flags, depth + 1)})`;
  const sign = random.chance(0.5) ? "=" : "!";
  return `(?<${sign}${random.pick(["a", "ab", "\\w", "a|b", "ab|c", "[ab]b", "."])})`;
}

function alternative(random: Random, flags: string, depth: number): string {
  return Array.from({ length: random.below(4) }, () => {
    if (random.chance(0.15)) return assertion(random, flags, depth);
    return term(random, flags, depth) + (random.chance(0.3) ? random.pick(QUANTIFIERS) : "");
  }).join("");
}

function disjunction(random: Random, flags: string, depth: number): string {
  return Array.from({ length: random.chance(0.25) ? 2 : 1 }, () => alternative(random, flags, depth)).join(
    "|",
  );
}

/** A pattern that JavaScript takes. */
export function randomPattern(random: Random): RegExp {
  for (;;) {
    const flags = random.pick(FLAGS);
    const body = disjunction(random, flags, 0);
    const source = random.chance(0.4) ? `^(?:${body})$` : body;
    try {
      return new RegExp(source, flags);
    } catch {
      // Not every text of this grammar is one: `{` under `u`, say.
    }
  }
}
