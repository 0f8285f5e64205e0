import type { Json } from "../../../model/nodes.js";
import { rubyScalar, rubyString } from "../literals.js";
import type { Scope } from "./scope.js";

/** A JSON value as a Ruby expression, frozen all through, on several lines where it has members. */
function frozen(value: Json, depth: number): string {
  if (value === null || typeof value !== "object") return rubyScalar(value);
  const inner = "  ".repeat(depth + 1);
  const outer = "  ".repeat(depth);
  if (Array.isArray(value)) {
    const items = value.map((item: Json) => `${inner}${frozen(item, depth + 1)}`);
    return items.length === 0 ? "[].freeze" : `[\n${items.join(",\n")}\n${outer}].freeze`;
  }
  const members = Object.entries(value).map(
    ([key, member]) => `${inner}${rubyString(key)} => ${frozen(member, depth + 1)}`,
  );
  return members.length === 0 ? "{}.freeze" : `{\n${members.join(",\n")}\n${outer}}.freeze`;
}

/** A default as a Ruby expression: a literal, or a constant where it has members. */
export function defaultExpression(scope: Scope, value: Json, hint: string): string {
  if (value === null || typeof value !== "object") return rubyScalar(value);
  return scope.module.constant(`${hint}_default`, frozen(value, 0));
}
