import { LAST_CODE_POINT, LAST_UNIT, type Ranges } from "./ranges.js";

const cache = new Map<string, Ranges>();

/** Flags that change what one character matches; `m`, `g`, `y` and `d` do not. */
function characterFlags(flags: string): string {
  return flags.replace(/[^isuv]/g, "");
}

function characterOf(code: number, unicode: boolean): string {
  return unicode ? String.fromCodePoint(code) : String.fromCharCode(code);
}

/** Consecutive characters as one text, so that a run of them is found by one match. */
interface Stretch {
  readonly first: number;
  readonly text: string;
  /** UTF-16 units of each character. */
  readonly width: 1 | 2;
}

/** Short enough that no engine runs out of stack on one greedy match. */
const STRETCH = 0x400;

const stretches = new Map<boolean, readonly Stretch[]>();

/** All characters. No stretch holds both halves of a pair: the boundary at U+DC00 is one of stretches. */
function allCharacters(unicode: boolean): readonly Stretch[] {
  const known = stretches.get(unicode);
  if (known) return known;
  const last = unicode ? LAST_CODE_POINT : LAST_UNIT;
  const made: Stretch[] = [];
  for (let first = 0; first <= last; first += STRETCH) {
    const codes = Array.from({ length: STRETCH }, (_, index) => first + index);
    made.push({
      first,
      text: codes.map((code) => characterOf(code, unicode)).join(""),
      width: first > LAST_UNIT ? 2 : 1,
    });
  }
  stretches.set(unicode, made);
  return made;
}

/**
 * What one atom (`.`, `\w`, a class …) matches, asked of the JavaScript engine itself for every code unit, or code
 * point under `u` and `v`. No table of ours can disagree with it.
 *
 * @param atom its source text
 */
export function charactersOf(atom: string, flags: string): Ranges {
  const own = characterFlags(flags);
  const key = `${own}/${atom}`;
  const known = cache.get(key);
  if (known) return known;
  const runs = new RegExp(`(?:${atom})+`, `${own}g`);
  const ranges: [number, number][] = [];
  for (const { first, text, width } of allCharacters(/[uv]/.test(own))) {
    for (const { 0: run, index } of text.matchAll(runs)) {
      const from = first + index / width;
      const to = from + run.length / width - 1;
      const before = ranges.at(-1);
      if (before && before[1] === from - 1) before[1] = to;
      else ranges.push([from, to]);
    }
  }
  cache.set(key, ranges);
  return ranges;
}

let casedCharacters: readonly number[] | undefined;

/** Every code point that has another case: all that `i` can make equal to a letter. */
function cased(): readonly number[] {
  casedCharacters ??= Array.from({ length: LAST_CODE_POINT + 1 }, (_, code) => code).filter((code) => {
    const character = String.fromCodePoint(code);
    return character.toLowerCase() !== character || character.toUpperCase() !== character;
  });
  return casedCharacters;
}

/** What one literal character matches under `i`. */
export function casesOf(code: number, flags: string): Ranges {
  const own = characterFlags(flags);
  const key = `${own}#${code}`;
  const known = cache.get(key);
  if (known) return known;
  const unicode = /[uv]/.test(own);
  const hex = code.toString(16);
  const pattern = new RegExp(`^${unicode ? `\\u{${hex}}` : `\\u${hex.padStart(4, "0")}`}$`, own);
  const candidates = [...cased(), code].filter((other) => unicode || other <= LAST_UNIT);
  const matching = [...new Set(candidates)]
    .filter((other) => pattern.test(characterOf(other, unicode)))
    .sort((a, b) => a - b);
  const ranges = matching.map((other) => [other, other] as const);
  cache.set(key, ranges);
  return ranges;
}
