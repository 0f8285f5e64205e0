/** Sorted, disjoint, inclusive ranges of code units or code points. */
export type Ranges = readonly (readonly [number, number])[];

export const LAST_UNIT = 0xffff;
export const LAST_CODE_POINT = 0x10ffff;

const FIRST_SURROGATE = 0xd800;
const LAST_SURROGATE = 0xdfff;

/**
 * Where half a surrogate pair lives on the Ruby side, in a private plane: a pattern without the `u` flag sees UTF-16,
 * so a string with astral characters is matched in a form where each of them is two characters of this plane.
 * `Signalbox::Wire.units` makes that form.
 */
export const UNIT_PLANE = 0xf0000;

export function clip(ranges: Ranges, low: number, high: number): Ranges {
  return ranges
    .map(([from, to]) => [Math.max(from, low), Math.min(to, high)] as const)
    .filter(([from, to]) => from <= to);
}

export function complement(ranges: Ranges, last: number): Ranges {
  const gaps: [number, number][] = [];
  let next = 0;
  for (const [from, to] of ranges) {
    if (from > next) gaps.push([next, from - 1]);
    next = to + 1;
  }
  if (next <= last) gaps.push([next, last]);
  return gaps;
}

export function hasSurrogates(ranges: Ranges): boolean {
  return clip(ranges, FIRST_SURROGATE, LAST_SURROGATE).length > 0;
}

/** The same set in the characters of a Ruby string. With `u` halves of pairs never occur in one, so they go. */
export function inRuby(ranges: Ranges, unicode: boolean): Ranges {
  const halves = unicode ? [] : clip(ranges, FIRST_SURROGATE, LAST_SURROGATE);
  return [
    ...clip(ranges, 0, FIRST_SURROGATE - 1),
    ...clip(ranges, LAST_SURROGATE + 1, LAST_CODE_POINT),
    ...halves.map(
      ([from, to]) => [from - FIRST_SURROGATE + UNIT_PLANE, to - FIRST_SURROGATE + UNIT_PLANE] as const,
    ),
  ].sort((a, b) => a[0] - b[0]);
}

/** One character in Ruby's regular expressions. A backslash before ASCII punctuation always means that character. */
export function rubyCharacter(code: number): string {
  const character = String.fromCodePoint(code);
  if (/^[0-9A-Za-z_ ]$/.test(character)) return character;
  if (character === "\n") return "\\n";
  if (character === "\r") return "\\r";
  if (character === "\t") return "\\t";
  if (code > 0x20 && code < 0x7f) return `\\${character}`;
  const hex = code.toString(16).toUpperCase();
  if (code < 0x80) return `\\x${hex.padStart(2, "0")}`;
  return code <= LAST_UNIT ? `\\u${hex.padStart(4, "0")}` : `\\u{${hex}}`;
}

/** The inside of a character class. */
export function rubyRanges(ranges: Ranges): string {
  return ranges
    .map(([from, to]) => {
      if (from === to) return rubyCharacter(from);
      return `${rubyCharacter(from)}${to === from + 1 ? "" : "-"}${rubyCharacter(to)}`;
    })
    .join("");
}
