/** A piece of Ruby source. Templates print text only through their helpers; this is what their `code` helper takes. */
export class RubyCode {
  constructor(readonly source: string) {}

  /** The same, every line after the first moved to the right. */
  indented(spaces: number): string {
    return this.source.replace(/\n(?!\n|$)/g, `\n${" ".repeat(spaces)}`);
  }
}
