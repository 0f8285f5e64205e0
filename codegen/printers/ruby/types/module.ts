import { identifierFrom, NameRegistry } from "./names.js";

/** Lines of Ruby, indented from zero. */
export type Lines = readonly string[];

export function indent(lines: Lines, depth = 1): string[] {
  return lines.map((line) => (line === "" ? "" : "  ".repeat(depth) + line));
}

/** `x unless (a || b)` is written `x unless a || b`, as RuboCop wants it. */
function withoutOuterParentheses(line: string): string {
  const [, head, condition] = /^((?:.* )?(?:if|unless) )\((.*)\)$/.exec(line) ?? [];
  return head !== undefined && condition !== undefined && isBalanced(condition) ? head + condition : line;
}

/** Whether no parenthesis outside of string literals closes one that the text did not open. */
function isBalanced(expression: string): boolean {
  let depth = 0;
  for (const character of expression.replace(/"(?:[^"\\]|\\.)*"/g, "")) {
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** One Ruby module while it is being printed: its constants and methods, in the order in which they were asked for. */
export class ModuleSource {
  readonly #names = new NameRegistry(["parse", "coerce", "cast", "validate"]);
  readonly #constants = new Map<string, string>();
  readonly #methods: { readonly name: string; readonly lines: Lines }[] = [];

  /** A name for a method that no other has: `parse_author`. Without a hint it is the module's own `parse`. */
  methodName(prefix: "parse" | "coerce" | "cast", hint: string): string {
    return hint === "" ? prefix : this.#names.claim(`${prefix}_${identifierFrom(hint, "member")}`);
  }

  /** Adds a method with these lines as its body. */
  method(name: string, parameters: string, body: Lines): void {
    const lines = body
      .filter((line, index) => line !== "" || (body[index - 1] ?? "") !== "")
      .map(withoutOuterParentheses);
    this.#methods.push({ name, lines: [`def ${name}(${parameters})`, ...indent(lines), "end"] });
  }

  /** The constant that holds this expression; asked twice for one expression, it is one constant. */
  constant(hint: string, expression: string): string {
    for (const [name, known] of this.#constants) {
      if (known === expression) return name;
    }
    const name = this.#names.claim(identifierFrom(hint, "member").toUpperCase());
    this.#constants.set(name, expression);
    return name;
  }

  get constants(): Lines {
    return [...this.#constants].flatMap(([name, expression]) => `${name} = ${expression}`.split("\n"));
  }

  /** One method's lines, or none where it was not printed. */
  lines(name: string): Lines {
    return this.#methods.find((method) => method.name === name)?.lines ?? [];
  }

  /** Every method but these, in the order of printing. */
  linesExcept(names: readonly string[]): readonly Lines[] {
    return this.#methods.filter((method) => !names.includes(method.name)).map((method) => method.lines);
  }
}
