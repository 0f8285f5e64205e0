import { type AST, RegExpParser, RegExpSyntaxError } from "@eslint-community/regexpp";

import { casesOf, charactersOf } from "./enumerate.js";
import {
  complement,
  hasSurrogates,
  inRuby,
  LAST_UNIT,
  type Ranges,
  rubyCharacter,
  rubyRanges,
} from "./ranges.js";
import { lookbehindRefusal, widthOf } from "./widths.js";

/** A regular expression of JavaScript, as the contract model holds it. */
export interface Pattern {
  readonly source: string;
  readonly flags: string;
}

export type Translation =
  | {
      readonly ok: true;
      /** The inside of a Ruby regular expression literal `/…/`, without flags; pure ASCII. */
      readonly source: string;
      /** The pattern sees halves of surrogate pairs: match `Signalbox::Wire.units(string)`, not the string. */
      readonly astral: boolean;
      /** Every string that matches is ASCII as far as one can tell cheaply; a hint for the order of checks. */
      readonly ascii: boolean;
    }
  | {
      readonly ok: false;
      /** What cannot be said in Ruby, as a noun: "a backreference". */
      readonly why: string;
      /** Where in the pattern's source, in UTF-16 units. */
      readonly offset: number;
    };

class Untranslatable extends Error {
  constructor(
    readonly why: string,
    readonly offset: number,
  ) {
    super(why);
  }
}

/** Onigmo's own limit. */
const MAX_REPEAT = 100_000;
const LINE_ENDS = "[\\n\\r\\u2028\\u2029]";
const NOTHING = "(?!)";
const ANYTHING = "(?m:.)";
const parser = new RegExpParser({ ecmaVersion: 2025 });

/** Contracts use the same few patterns again and again. */
const translations = new Map<string, Translation>();

/**
 * Says a JavaScript pattern in Ruby, exactly, or why and where that is impossible.
 *
 * No shorthand, flag or class of Ruby's is relied on: every character that an atom matches is asked of the JavaScript
 * engine and written as ranges, so case folding, `\s`, `\w`, `.` and Unicode properties mean what they mean there.
 */
export function translateRegex({ source, flags }: Pattern): Translation {
  const key = `${flags}/${source}`;
  const translation = translations.get(key) ?? translate(source, flags);
  translations.set(key, translation);
  return translation;
}

function translate(source: string, flags: string): Translation {
  const unicode = /[uv]/.test(flags);
  let ast: AST.Pattern;
  try {
    ast = parser.parsePattern(source, 0, source.length, {
      unicode: flags.includes("u"),
      unicodeSets: flags.includes("v"),
    });
  } catch (error) {
    if (error instanceof RegExpSyntaxError) return { ok: false, why: error.message, offset: error.index };
    throw error;
  }
  const printer = new PatternPrinter(flags, unicode);
  try {
    const printed = printer.alternatives(ast.alternatives);
    const sticky = flags.includes("y") ? `\\A(?:${printed})` : printed;
    return { ok: true, source: sticky, astral: printer.astral, ascii: !printer.matchesNonAscii };
  } catch (error) {
    if (error instanceof Untranslatable) return { ok: false, why: error.why, offset: error.offset };
    throw error;
  }
}

class PatternPrinter {
  astral = false;
  matchesNonAscii = false;
  #insideLookbehind = false;

  constructor(
    readonly flags: string,
    readonly unicode: boolean,
  ) {}

  alternatives(alternatives: readonly AST.Alternative[]): string {
    return alternatives
      .map((alternative) => alternative.elements.map((e) => this.#element(e)).join(""))
      .join("|");
  }

  #element(node: AST.Element): string {
    switch (node.type) {
      case "Character":
        return this.#set(
          this.flags.includes("i") ? casesOf(node.value, this.flags) : [[node.value, node.value]],
          node,
        );
      case "CharacterSet":
      case "CharacterClass":
      case "ExpressionCharacterClass":
        if (this.flags.includes("v") && matchesStrings(node)) {
          throw new Untranslatable("a class that matches strings of several characters", node.start);
        }
        // V8 of Node 20 matches these wrongly when they are repeated: /^[^]?$/v refuses "x".
        if (this.flags.includes("v") && node.raw.includes("[^")) {
          throw new Untranslatable("a negated class under the flag v", node.start);
        }
        return this.#set(charactersOf(node.raw, this.flags), node);
      case "Group":
        if (node.modifiers) throw new Untranslatable("an inline modifier", node.start);
        return `(?:${this.alternatives(node.alternatives)})`;
      case "CapturingGroup":
        return `(?:${this.alternatives(node.alternatives)})`;
      case "Quantifier":
        return this.#quantifier(node);
      case "Assertion":
        return this.#assertion(node);
      case "Backreference":
        throw new Untranslatable("a backreference", node.start);
      default:
        throw new Untranslatable(`a ${(node satisfies never as AST.Element).type}`, 0);
    }
  }

  /** Without `u` the engine sees UTF-16: as soon as half a pair can match, strings are matched unit by unit. */
  #set(ranges: Ranges, node: AST.Element): string {
    const matched = inRuby(ranges, this.unicode);
    if (!this.unicode && hasSurrogates(ranges)) this.astral = true;
    if (matched.some(([, to]) => to > 0x7f)) this.matchesNonAscii = true;
    const [only] = matched;
    if (only === undefined) {
      if (this.#insideLookbehind) throw new Untranslatable("an empty class inside a lookbehind", node.start);
      return NOTHING;
    }
    if (matched.length === 1 && only[0] === only[1]) return rubyCharacter(only[0]);
    const others = inRuby(complement(ranges, this.unicode ? 0x10ffff : LAST_UNIT), this.unicode);
    if (others.length === 0) return ANYTHING;
    if (others.length >= matched.length) return `[${rubyRanges(matched)}]`;
    if (!this.unicode) this.astral = true;
    return `[^${rubyRanges(others)}]`;
  }

  #quantifier(node: AST.Quantifier): string {
    const { min, max, greedy } = node;
    if (min > MAX_REPEAT || (max !== Number.POSITIVE_INFINITY && max > MAX_REPEAT)) {
      throw new Untranslatable(`a repeat count above ${MAX_REPEAT}`, node.start);
    }
    // V8's interpreter and compiler disagree about some of these, so that zod's own verdict changes on the second call.
    if (max === 0) throw new Untranslatable("the repeat count {0}", node.start);
    const printed = this.#element(node.element);
    const element =
      node.element.type === "Assertion" || repeats(node.element) ? `(?:(?:)${printed})` : printed;
    if (min === 1 && max === 1) return element;
    if (min >= 2 && widthOf(node.element).least === 0) return unrolled(node, element);
    // Ruby reads `a{2}?` as `(?:a{2})?`; for an exact count laziness says nothing anyway.
    return `${element}${countOf(min, max)}${greedy || min === max ? "" : "?"}`;
  }

  #assertion(node: AST.Assertion): string {
    switch (node.kind) {
      case "start":
        return this.flags.includes("m") ? `(?:\\A|(?<=${LINE_ENDS}))` : "\\A";
      case "end":
        return this.flags.includes("m") ? `(?=${LINE_ENDS}|\\z)` : "\\z";
      case "word": {
        // V8 lets \B match between the two halves of a pair, even under `u`.
        if (node.negate) throw new Untranslatable("\\B", node.start);
        const word = this.#set(charactersOf("\\w", this.flags), node);
        return `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`;
      }
      case "lookahead":
        if (node.negate && !this.unicode) this.astral = true;
        return `(?${node.negate ? "!" : "="}${this.alternatives(node.alternatives)})`;
      case "lookbehind": {
        const refusal = lookbehindRefusal(node);
        if (refusal !== null) throw new Untranslatable(refusal, node.start);
        if (node.negate && !this.unicode) this.astral = true;
        this.#insideLookbehind = true;
        const inside = this.alternatives(node.alternatives);
        this.#insideLookbehind = false;
        return `(?<${node.negate ? "!" : "="}${inside})`;
      }
      default:
        return node satisfies never;
    }
  }
}

/** Repeats that are written out at most. */
const MAX_UNROLLED = 10;

/**
 * A repetition of what can match nothing: JavaScript counts an empty round as one of those that must be, Ruby ends the
 * loop there. Written out, there is no loop to end.
 */
function unrolled({ min, max, greedy, start }: AST.Quantifier, element: string): string {
  if (min > MAX_UNROLLED) {
    throw new Untranslatable(`what can match nothing, ${min} times or more`, start);
  }
  const rest = max === min ? "" : `${element}${countOf(0, max - min)}${greedy ? "" : "?"}`;
  return element.repeat(min) + rest;
}

/** Whether a group does nothing but repeat: Ruby warns where such a one is repeated again, unless more is in it. */
function repeats(node: AST.QuantifiableElement): boolean {
  if (node.type !== "Group" && node.type !== "CapturingGroup") return false;
  return node.alternatives.some(({ elements }) => elements.length > 0 && elements.every(repeatsOrNothing));
}

function repeatsOrNothing(element: AST.Element): boolean {
  if (element.type === "Quantifier") return true;
  if (element.type !== "Group" && element.type !== "CapturingGroup") return false;
  return element.alternatives.some(({ elements }) => elements.every(repeatsOrNothing));
}

function countOf(min: number, max: number): string {
  if (max === Number.POSITIVE_INFINITY) return min === 0 ? "*" : min === 1 ? "+" : `{${min},}`;
  if (min === 0 && max === 1) return "?";
  return min === max ? `{${min}}` : `{${min},${max}}`;
}

function matchesStrings(node: AST.CharacterSet | AST.CharacterClass | AST.ExpressionCharacterClass): boolean {
  return /\\q\{|\\p\{(?:RGI_|Basic_Emoji|Emoji_Keycap)/.test(node.raw);
}
