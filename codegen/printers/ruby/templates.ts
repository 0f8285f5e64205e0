/**
 * The Handlebars environment of the Ruby printer: strict (an unknown name is an error), no HTML escaping, only the
 * helpers below. Templates print nothing but through them, so that no text of a contract can become code.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Handlebars from "handlebars";
import { packageRoot } from "../../package-root.js";
import { RubyCode } from "./code.js";
import { rubyComment, rubyString } from "./literals.js";

/** All helpers of the templates besides Handlebars' own `each`, `if` and `unless`. */
export const templateHelpers = {
  /** A constant, or a path of them. */
  constant: (name: unknown) => checked(name, /^[A-Z][A-Za-z0-9_]*(?:::[A-Z][A-Za-z0-9_]*)*$/, "constant"),
  method: (name: unknown) => checked(name, /^[a-z_][a-z0-9_]*[!?]?$/, "method"),
  string: (text: unknown) => rubyString(asString(text)),
  /** A symbol of a plain name. */
  symbol: (name: unknown) => `:${checked(name, /^[a-z_][a-z0-9_]*[!?]?$/, "symbol")}`,
  boolean: (value: unknown) => (value === true ? "true" : "false"),
  stringArray: (texts: unknown) =>
    asArray(texts).length === 0
      ? "[]"
      : `[ ${asArray(texts)
          .map((t) => rubyString(asString(t)))
          .join(", ")} ]`,
  /** Text inside a comment's line. */
  inline: (text: unknown) =>
    rubyComment(asString(text))
      .map((line) => line.slice(2))
      .join(" "),
  /** Lines of a comment, indented. */
  comment: (lines: unknown, indent: unknown) =>
    asArray(lines)
      .flatMap((line) => rubyComment(asString(line)))
      .map((line) => `${" ".repeat(Number(indent))}${line}`)
      .join("\n"),
  code: (code: unknown, indent: unknown) => {
    if (!(code instanceof RubyCode)) throw new TypeError("the code helper takes RubyCode");
    return code.indented(Number(indent));
  },
} as const;

function asString(value: unknown): string {
  if (typeof value !== "string") throw new TypeError(`a string was expected, not ${typeof value}`);
  return value;
}

function asArray(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError("an array was expected");
  return value;
}

function checked(value: unknown, pattern: RegExp, kind: string): string {
  const text = asString(value);
  if (!pattern.test(text)) throw new TypeError(`${JSON.stringify(text)} is no ${kind} of Ruby`);
  return text;
}

export const templateFolder = join(packageRoot, "codegen/printers/ruby/templates");

/** Compiles `templates/<name>.hbs`. */
export function loadTemplate(name: string): (view: object) => string {
  const handlebars = Handlebars.create();
  for (const [helper, run] of Object.entries(templateHelpers)) handlebars.registerHelper(helper, run);
  const source = readFileSync(join(templateFolder, `${name}.hbs`), "utf8");
  const knownHelpers = Object.fromEntries(Object.keys(templateHelpers).map((helper) => [helper, true]));
  return handlebars.compile(source, {
    strict: true,
    noEscape: true,
    knownHelpers,
    knownHelpersOnly: true,
    preventIndent: true,
  });
}
