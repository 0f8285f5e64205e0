/**
 * Text → Ruby source. Every string of a contract reaches generated Ruby through these functions and no other way, so
 * that no name, description or value can end a literal or a comment. What they print is pure ASCII.
 */

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/** The escapes that people know; any other control character is written as a code point. */
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

function escapeCodePoint(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  return hex.length <= 4 ? `\\u${hex.padStart(4, "0")}` : `\\u{${hex}}`;
}

function escapeText(text: string): string {
  if (LONE_SURROGATE.test(text)) {
    throw new RangeError("A string with half a surrogate pair has no form in Ruby.");
  }
  return text
    .replace(/["\\\n\r\t]/g, (character) => ESCAPES[character] ?? escapeCodePoint(character))
    .replace(/#(?=[{$@])/g, "\\#")
    .replace(/[^\x20-\x7E]/gu, escapeCodePoint);
}

/**
 * A Ruby string literal in double quotes.
 *
 * @throws RangeError on half a surrogate pair, which no Ruby string can hold
 */
export function rubyString(text: string): string {
  return `"${escapeText(text)}"`;
}

/** A Ruby symbol: bare where Ruby allows it, else quoted. */
export function rubySymbol(text: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*[?!]?$/.test(text) ? `:${text}` : `:${rubyString(text)}`;
}

/** A Symbol as the key of a Hash literal: `room_id:`. */
export function rubyLabel(text: string): string {
  return `${rubySymbol(text).slice(1)}:`;
}

/**
 * A name that is printed as it stands: a module or constant.
 *
 * @throws RangeError on anything else: names are made by codegen, so this is a bug in a printer
 */
export function rubyConstant(name: string): string {
  if (!/^[A-Z][A-Za-z0-9_]*$/.test(name)) {
    throw new RangeError(`Not a Ruby constant: ${JSON.stringify(name)}`);
  }
  return name;
}

// Ruby, RuboCop, Sorbet and Steep act on comments such as these, wherever they stand.
const DIRECTIVE =
  /^(#[\s#]*)(?=(?:[\w-]*coding|frozen[-_]string[-_]literal|shareable[-_]constant[-_]value|warn[-_]\w+|typed|rubocop|steep|standard|@type)\s*:)/i;

/**
 * Comment lines, one for each line of the text, each starting with `# `. Characters outside ASCII are written as in a
 * string literal; what would be a directive to Ruby or a linter gets a backslash, and is text.
 */
export function rubyComment(text: string): string[] {
  return text
    .replace(/\r\n?|[\u2028\u2029\u0085\v\f]/g, "\n")
    .split("\n")
    .map((line) => {
      const ascii = line.replace(/[^\x20-\x7E]/gu, (character) =>
        character === "\t" ? "  " : escapeCodePoint(character),
      );
      if (ascii.trim() === "") return "#";
      return `# ${ascii.trimEnd()}`.replaceAll("-*-", "-\\*-").replace(DIRECTIVE, "$1\\");
    });
}

/** A number as a Ruby literal that is the same double. Integers that a double holds exactly stay integers. */
export function rubyNumber(value: number): string {
  if (Object.is(value, -0)) return "-0.0";
  if (Number.isSafeInteger(value)) return String(value);
  if (!Number.isFinite(value)) throw new RangeError(`No Ruby literal for ${value}`);
  const text = String(value);
  const [mantissa = "0", exponent] = text.split("e");
  const float = mantissa.includes(".") ? mantissa : `${mantissa}.0`;
  return exponent === undefined ? float : `${float}e${exponent}`;
}

/** A scalar as a Ruby literal. */
export function rubyScalar(value: string | number | boolean | null): string {
  if (value === null) return "nil";
  if (typeof value === "string") return rubyString(value);
  if (typeof value === "number") return rubyNumber(value);
  return String(value);
}
