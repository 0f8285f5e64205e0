import { snakeCase } from "../../../model/names.js";

/** Names that were given, so that the next one can be made different. */
export class NameRegistry {
  readonly #taken: Set<string>;

  constructor(reserved: Iterable<string> = []) {
    this.#taken = new Set(reserved);
  }

  /** The wanted name, or the same with the smallest number that makes it new. */
  claim(wanted: string): string {
    let name = wanted;
    for (let number = 2; this.#taken.has(name); number++) name = `${wanted}_${number}`;
    this.#taken.add(name);
    return name;
  }
}

const RUBY_KEYWORDS =
  "BEGIN END alias and begin break case class def defined do else elsif end ensure false for if in module next nil not or redo rescue retry return self super then true undef unless until when while yield __FILE__ __LINE__ __ENCODING__";

/** What the printed methods use for themselves, and what would hide a method that they call. */
const OWN_LOCALS =
  "value issues depth index items kept same before wire given key member count result name raise binding";

/** Names for local variables of a printed method: valid Ruby, none of the printer's own. */
export function localNames(): NameRegistry {
  return new NameRegistry([...RUBY_KEYWORDS.split(" "), ...OWN_LOCALS.split(" ")]);
}

/** A name that Ruby takes as a local variable or as the tail of a method's name, made from any text. */
export function identifierFrom(text: string, otherwise: string): string {
  const name = snakeCase(text)
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  if (name === "") return otherwise;
  return /^[0-9]/.test(name) ? `${otherwise}_${name}` : name;
}
