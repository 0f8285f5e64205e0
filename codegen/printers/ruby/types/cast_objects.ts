import type { ObjectNode } from "../../../model/nodes.js";
import { rubySymbol } from "../literals.js";
import { type Caster, castStatements } from "./caster.js";
import { UNDEFINED } from "./checker.js";
import { defaultExpression } from "./defaults.js";
import { indent } from "./module.js";
import { type Member, membersOf, rebuildStatements } from "./objects.js";
import { acceptsAbsent, type Scope } from "./scope.js";
import { rubyNamesOf } from "./spellings.js";

/** A member that must be there: where it is not, the full check says so. */
function requiredStatements(scope: Scope, member: Member, symbol: string): string[] {
  const { key, local, property, hint } = member;
  return [
    `${local} = value.fetch(${symbol}) { value.fetch(${key}) { return } }`,
    ...(acceptsAbsent(property.node, scope.types) ? [`return if ${UNDEFINED}.equal?(${local})`] : []),
    ...castStatements(scope.cast(property.node, hint), local),
  ];
}

function optionalStatements(scope: Scope, member: Member, symbol: string): string[] {
  const { key, local, property, hint } = member;
  const there = [...castStatements(scope.cast(property.node, hint), local), "kept += 1"];
  const fetch = `${local} = value.fetch(${symbol}) { value.fetch(${key}, ${UNDEFINED}) }`;
  if (property.absent.kind !== "value") {
    return [fetch, `unless ${UNDEFINED}.equal?(${local})`, ...indent(there), "end"];
  }
  const otherwise = `${local} = ${defaultExpression(scope, property.absent.value, hint)}`;
  return [fetch, `if ${UNDEFINED}.equal?(${local})`, ...indent([otherwise]), "else", ...indent(there), "end"];
}

/**
 * A Hash that has the declared fields by their Ruby names or by those on the wire, and no other key. Not one of a
 * subclass: that may have an `as_json` of its own.
 */
export function objectCaster(scope: Scope, node: ObjectNode, hint: string): Caster {
  const method = scope.module.methodName("cast", hint);
  const members = membersOf(scope, node, hint);
  const names = rubyNamesOf(node);
  const required = members.filter((member) => member.property.absent.kind === "missing").length;
  const counted = members.length > required;
  scope.module.method(method, "value", [
    "return unless value.instance_of?(::Hash)",
    "",
    ...(counted ? [`kept = ${required}`] : []),
    ...members.flatMap((member) => {
      const symbol = rubySymbol(names.get(member.property.name) ?? member.property.name);
      return member.property.absent.kind === "missing"
        ? requiredStatements(scope, member, symbol)
        : optionalStatements(scope, member, symbol);
    }),
    `return unless value.size == ${counted ? "kept" : required}`,
    "",
    ...rebuildStatements(members),
  ]);
  return { kind: "call", of: (value) => `${method}(${value})` };
}
