import { LAST_CODE_POINT, LAST_UNIT, type Ranges } from "./ranges.js";

const cache = new Map<string, Ranges>();

/** Flags that change what one character matches; `m`, `g`, `y` and `d` do not. */
function characterFlags(flags: string): string {
  return flags.replace(/[^isuv]/g, "");
}

function characterOf(code: number, unicode: boolean): string {
  return unicode ? String.fromCodePoint(code) : String.fromCharCode(code);
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
  const unicode = /[uv]/.test(own);
  const pattern = new RegExp(`^(?:${atom})$`, own);
  const last = unicode ? LAST_CODE_POINT : LAST_UNIT;
  const ranges: [number, number][] = [];
  let from = -1;
  for (let code = 0; code <= last; code++) {
    if (pattern.test(characterOf(code, unicode))) {
      if (from < 0) from = code;
    } else if (from >= 0) {
      ranges.push([from, code - 1]);
      from = -1;
    }
  }
  if (from >= 0) ranges.push([from, last]);
  cache.set(key, ranges);
  return ranges;
}

let casedCharacters: number[] | undefined;

/** Every code point that has another case: all that `i` can make equal to a letter. */
function cased(): number[] {
  if (casedCharacters) return casedCharacters;
  casedCharacters = [];
  for (let code = 0; code <= LAST_CODE_POINT; code++) {
    const character = String.fromCodePoint(code);
    if (character.toLowerCase() !== character || character.toUpperCase() !== character) {
      casedCharacters.push(code);
    }
  }
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
  const atom = unicode ? `\\u{${hex}}` : `\\u${hex.padStart(4, "0")}`;
  const pattern = new RegExp(`^${atom}$`, own);
  const candidates = [...cased(), code].filter((other) => unicode || other <= LAST_UNIT);
  const matching = [...new Set(candidates)]
    .filter((other) => pattern.test(characterOf(other, unicode)))
    .sort((a, b) => a - b);
  const ranges = matching.map((other) => [other, other] as const);
  cache.set(key, ranges);
  return ranges;
}
