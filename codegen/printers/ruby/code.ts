import { rubyComment } from "./literals.js";

/** A piece of Ruby source. Templates print text only through their helpers; this is what their `code` helper takes. */
export class RubyCode {
  constructor(readonly source: string) {}

  /** The same, every line after the first moved to the right. */
  indented(spaces: number): string {
    return this.source.replace(/\n(?!\n|$)/g, `\n${" ".repeat(spaces)}`);
  }
}

// Ruby, RuboCop, Sorbet and Steep act on comments such as these, wherever they stand.
const directive =
  /^(#[\s#]*)(?=(?:[\w-]*coding|frozen[-_]string[-_]literal|shareable[-_]constant[-_]value|warn[-_]\w+|typed|rubocop|steep|standard|@type)\s*:)/i;

/** Lines of a comment, with their `#`: none of them can end the comment or be taken for a directive. */
export function commentLines(text: string): string[] {
  return rubyComment(text).map((line) => line.replaceAll("-*-", "-\\*-").replace(directive, "$1\\"));
}
