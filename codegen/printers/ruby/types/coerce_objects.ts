import type { ObjectNode } from "../../../model/nodes.js";
import { rubyString, rubySymbol } from "../literals.js";
import { WIRE } from "./checker.js";
import type { Coercer } from "./coercer.js";
import { indent } from "./module.js";
import { identifierFrom } from "./names.js";
import { coerceCall, coerceParameters, type Scope } from "./scope.js";
import { spellingsOf } from "./spellings.js";

export function objectCoercer(scope: Scope, node: ObjectNode, hint: string): Coercer {
  const method = scope.module.methodName("coerce", hint);
  const spellings = spellingsOf(node);
  const branches = node.properties.flatMap((property) => {
    const name = identifierFrom(property.name, "member");
    const member = scope.coerce(property.node, hint === "" ? name : `${hint}_${name}`);
    const keys = (spellings.get(property.name) ?? []).flatMap((each) => [rubyString(each), rubySymbol(each)]);
    return [
      `when ${keys.join(", ")}`,
      `  wire[${rubyString(property.name)}] = ${member.apply("member", true)}`,
    ];
  });
  const other = otherStatement(scope, node, hint);
  // What a strip object drops is not counted; for all others every key must have arrived.
  const counts = other === null ? ["  count += 1"] : [];
  const body =
    branches.length === 0
      ? other === null
        ? []
        : ["given.each do |key, member|", `  ${other}`, "end"]
      : [
          "given.each do |key, member|",
          ...indent([
            "case key",
            ...branches,
            ...(other === null ? ["else", "  next"] : ["else", `  ${other}`]),
            "end",
            ...(counts.length > 0 ? ["count += 1"] : []),
          ]),
          "end",
        ];
  const members = ["loose", "catchall"].includes(node.unknownKeys.kind) ? "open_members" : "members";
  const total = other === null ? "count" : "given.size";
  scope.module.method(method, coerceParameters(scope), [
    `given = ${WIRE}.${members}(value)`,
    "return given unless ::Hash === given",
    "",
    "wire = {}",
    ...(other === null && branches.length > 0 ? ["count = 0"] : []),
    ...body,
    ...(other === null && branches.length === 0
      ? ["wire"]
      : [`wire.size == ${total} ? wire : ${WIRE}.spelled_twice(given)`]),
  ]);
  return { identity: false, apply: coerceCall(scope, method) };
}

/** What happens to a key that the schema does not know; null where zod drops it and so does this. */
function otherStatement(scope: Scope, node: ObjectNode, hint: string): string | null {
  switch (node.unknownKeys.kind) {
    case "strip":
      return null;
    case "strict":
      return `wire[${WIRE}.key(key)] = member`;
    case "loose":
      return `wire[${WIRE}.key(key)] = ${WIRE}.plain(member)`;
    case "catchall": {
      const other = scope.coerce(node.unknownKeys.node, hint === "" ? "other" : `${hint}_other`);
      return `wire[${WIRE}.key(key)] = ${other.apply("member", true)}`;
    }
    default:
      return node.unknownKeys satisfies never;
  }
}
