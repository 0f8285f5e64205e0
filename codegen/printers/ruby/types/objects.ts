import type { ObjectNode, PropertyNode } from "../../../model/nodes.js";
import { rubyString } from "../literals.js";
import { type Checker, UNDEFINED, WIRE } from "./checker.js";
import { defaultExpression } from "./defaults.js";
import { indent } from "./module.js";
import { identifierFrom, localNames } from "./names.js";
import { acceptsAbsent, acceptsNull, checkCall, checkParameters, rewrites, type Scope } from "./scope.js";
import { namesConstant } from "./values.js";

/** A property and how the printed methods call it. */
export interface Member {
  readonly property: PropertyNode;
  readonly key: string;
  readonly local: string;
  readonly hint: string;
  readonly checker: Checker;
  readonly changes: boolean;
}

export function membersOf(scope: Scope, node: ObjectNode, hint: string): readonly Member[] {
  const locals = localNames();
  return node.properties.map((property) => {
    const name = identifierFrom(property.name, "member");
    const memberHint = hint === "" ? name : `${hint}_${name}`;
    return {
      property,
      key: rubyString(property.name),
      local: locals.claim(name),
      hint: memberHint,
      checker: scope.check(property.node, memberHint),
      changes: rewrites(property.node, scope.types),
    };
  });
}

/** Checks a member that is in its local variable, or UNDEFINED there. */
function checkStatements(scope: Scope, member: Member): string[] {
  const { key, local, checker, property } = member;
  const absentMayPass = property.absent.kind === "missing" && acceptsAbsent(property.node, scope.types);
  if (checker.fast && !absentMayPass) {
    return [
      `${local} = ${WIRE}.under(issues, ${key}) { ${checker.full(local, true)} } unless ${checker.fast(local)}`,
    ];
  }
  return [
    "before = issues.size",
    `${local} = ${checker.full(local, true)}${checker.fast ? ` unless ${checker.fast(local)}` : ""}`,
    `${WIRE}.prefix(issues, before, ${key}) if issues.size > before`,
    ...(absentMayPass
      ? [`${WIRE}.nonoptional(issues, ${key}) if ${UNDEFINED}.equal?(${local}) && issues.size == before`]
      : []),
  ];
}

function memberStatements(scope: Scope, member: Member): string[] {
  const { key, local, checker, property } = member;
  const changed = member.changes ? [`same &&= ${local}.equal?(value[${key}])`] : [];
  if (property.absent.kind === "missing") {
    const mayBeNull = acceptsNull(property.node, scope.types);
    if (checker.fast && !mayBeNull) {
      const again = `value.fetch(${key}, ${UNDEFINED})`;
      return [
        `${local} = value[${key}]`,
        `${local} = ${WIRE}.under(issues, ${key}) { ${checker.full(again, true)} } unless ${checker.fast(local)}`,
        ...changed,
      ];
    }
    return [
      `${local} = value[${key}]`,
      `${local} = ${UNDEFINED} if ${local}.nil? && !value.key?(${key})`,
      ...checkStatements(scope, member),
      ...changed,
    ];
  }
  const absent =
    property.absent.kind === "value"
      ? [`${local} = ${defaultExpression(scope, property.absent.value, member.hint)}`, "same = false"]
      : [`${local} = ${UNDEFINED}`];
  return [
    `${local} = value[${key}]`,
    `if ${local}.nil? && !value.key?(${key})`,
    ...indent(absent),
    "else",
    ...indent(["kept += 1", ...checkStatements(scope, member), ...changed]),
    "end",
  ];
}

/** A new Hash of the members that are always there, in the order of the schema. */
function hashOf(members: readonly Member[]): string[] {
  const pairs = members
    .filter((member) => member.property.absent.kind !== "omitted")
    .map(({ key, local }) => `${key} => ${local}`);
  const line = pairs.length === 0 ? "{}" : `{ ${pairs.join(", ")} }`;
  return line.length <= 90 ? [line] : ["{", ...indent(separated(pairs)), "}"];
}

/** Puts the members into a new Hash, `wire`. */
function collectStatements(members: readonly Member[]): string[] {
  const [first = "{}", ...more] = hashOf(members);
  const sometimes = members.filter((member) => member.property.absent.kind === "omitted");
  return [
    `wire = ${first}`,
    ...more,
    ...sometimes.map(({ key, local }) => `wire[${key}] = ${local} unless ${UNDEFINED}.equal?(${local})`),
  ];
}

/** What a method ends in that returns the members in a new Hash. */
export function rebuildStatements(members: readonly Member[]): string[] {
  const whole = members.every((member) => member.property.absent.kind !== "omitted");
  return whole ? hashOf(members) : [...collectStatements(members), "wire"];
}

/** One to a line, with commas between them. */
function separated(entries: readonly string[]): string[] {
  return entries.map((entry, index) => (index < entries.length - 1 ? `${entry},` : entry));
}

/** What becomes of keys that are not in the schema. `unchanged` is true of an object that has none and stays as it is. */
function unknownKeyStatements(
  scope: Scope,
  node: ObjectNode,
  hint: string,
  members: readonly Member[],
  unchanged: string,
  changes: boolean,
): string[] {
  const names = () =>
    namesConstant(
      scope,
      node.properties.map((property) => property.name),
      hint === "" ? "known" : hint,
    );
  switch (node.unknownKeys.kind) {
    case "strip":
      return [`return value if ${unchanged}`, "", ...rebuildStatements(members)];
    case "strict":
      return [
        `unless value.size == kept && issues.size == start`,
        `  unknown = ${WIRE}.unknown_keys(value, ${names()})`,
        `  ${WIRE}.unrecognized_keys(issues, value, unknown) unless unknown.empty?`,
        "end",
        ...(changes ? ["return value if same", "", ...rebuildStatements(members)] : ["value"]),
      ];
    case "loose":
    case "catchall": {
      const checker =
        node.unknownKeys.kind === "loose"
          ? scope.check({ kind: "json", source: "unknown" }, "")
          : scope.check(node.unknownKeys.node, hint === "" ? "other" : `${hint}_other`);
      return [
        `return value if ${unchanged} && issues.size == start`,
        "",
        ...collectStatements(members),
        "unknown = issues.size",
        "value.each do |key, member|",
        ...indent([
          `next if ${names()}.key?(key) || key == "__proto__"`,
          "",
          "before = issues.size",
          `wire[key] = ${checker.full("member", true)}`,
          `${WIRE}.prefix(issues, before, key) if issues.size > before`,
        ]),
        "end",
        `${WIRE}.sort_by_key(issues, unknown) if issues.size > unknown`,
        "wire",
      ];
    }
    default:
      return node.unknownKeys satisfies never;
  }
}

export function objectChecker(scope: Scope, node: ObjectNode, hint: string): Checker {
  const method = scope.module.methodName("parse", hint);
  const members = membersOf(scope, node, hint);
  const required = members.filter((member) => member.property.absent.kind === "missing").length;
  const counted = members.length > required;
  const changes = members.some((member) => member.changes || member.property.absent.kind === "value");
  const kept = counted ? "kept" : String(required);
  const unchanged = `${changes ? "same && " : ""}value.size == ${kept}`;
  const closing = unknownKeyStatements(scope, node, hint, members, unchanged, changes).map((line) =>
    line.replace("value.size == kept &&", `value.size == ${kept} &&`),
  );
  scope.module.method(method, checkParameters(scope), [
    `return ${WIRE}.invalid_type(issues, value, "object") unless ::Hash === value`,
    "",
    ...(node.unknownKeys.kind === "strip" ? [] : ["start = issues.size"]),
    ...(counted ? [`kept = ${required}`] : []),
    ...(changes ? ["same = true"] : []),
    ...members.flatMap((member) => memberStatements(scope, member)),
    "",
    ...closing,
  ]);
  return { fast: null, full: checkCall(scope, method) };
}
