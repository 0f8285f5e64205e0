import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Handlebars from "handlebars";
import { describe, expect, test } from "vitest";
import { templateFolder, templateHelpers } from "../../codegen/printers/ruby/templates.js";

/** What a template prints without a helper, and so without a check. */
function unguarded(source: string): string[] {
  const found: string[] = [];
  class Guard extends Handlebars.Visitor {
    override MustacheStatement(mustache: hbs.AST.MustacheStatement): void {
      const { path, params, loc } = mustache;
      const name = path.type === "PathExpression" ? String(Reflect.get(path, "original")) : path.type;
      const isHelper = Object.hasOwn(templateHelpers, name) && params.length > 0;
      const isRaw = source.split("\n")[loc.start.line - 1]?.slice(loc.start.column).startsWith("{{{");
      if (!isHelper || isRaw) found.push(`${loc.start.line}: ${name}`);
    }
    override BlockStatement(block: hbs.AST.BlockStatement): void {
      const name = block.path.type === "PathExpression" ? String(Reflect.get(block.path, "original")) : "";
      if (!["each", "if", "unless"].includes(name)) found.push(`${block.loc.start.line}: ${name}`);
      super.BlockStatement(block);
    }
    override PartialStatement(partial: hbs.AST.PartialStatement): void {
      found.push(`${partial.loc.start.line}: a partial`);
    }
  }
  new Guard().accept(Handlebars.parse(source));
  return found;
}

describe("templates print through helpers only", () => {
  const names = readdirSync(templateFolder);

  test("there are templates", () => {
    expect(names).toContain("events.hbs");
  });

  test.each(names)("%s", (name) => {
    expect(unguarded(readFileSync(join(templateFolder, name), "utf8"))).toEqual([]);
  });

  test.each([
    "{{name}}",
    "{{{string name}}}",
    "{{&name}}",
    "{{#with x}}{{string y}}{{/with}}",
    "{{> other}}",
    "{{this}}",
  ])("%s is found", (source) => {
    expect(unguarded(source)).toHaveLength(1);
  });
});
