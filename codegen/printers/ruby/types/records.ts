import type { RecordNode, WireNode } from "../../../model/nodes.js";
import { type Checker, UNDEFINED, WIRE } from "./checker.js";
import { indent } from "./module.js";
import { checkCall, checkParameters, rewrites, type Scope } from "./scope.js";
import { namesConstant } from "./values.js";

/** Checks `member`, which is under `key`, and takes over into `wire` what it became. */
function valueStatements(scope: Scope, node: WireNode, checker: Checker): string[] {
  const changes = rewrites(node, scope.types);
  if (checker.fast) {
    const full = `${WIRE}.under(issues, key) { ${checker.full("member", true)} }`;
    return [
      `${changes ? "member = " : ""}${full} unless ${checker.fast("member")}`,
      ...(changes ? ["wire[key] = member"] : []),
    ];
  }
  return [
    "before = issues.size",
    `${changes ? "wire[key] = " : ""}${checker.full("member", true)}`,
    `${WIRE}.prefix(issues, before, key) if issues.size > before`,
  ];
}

/** Lines that test `key`, and go on with the next one where it is refused. */
function keyStatements(scope: Scope, node: RecordNode, hint: string): string[] {
  if (node.keys.kind === "names") {
    const names = namesConstant(scope, node.keys.names, hint);
    return [`unless ${names}.key?(key)`, "  unknown << key", "  next", "end"];
  }
  const checker = scope.check(node.keys.node, `${hint}_key`);
  return [
    `unless ${checker.fast?.("key") ?? "false"}`,
    "  refused = []",
    `  ${checker.full("key", false, "refused")}`,
    "  unless refused.empty?",
    `    ${WIRE}.refuse(issues, key, "invalid_key", "Invalid key in record", [ key ])`,
    "    next",
    "  end",
    "end",
  ];
}

/** Any keys that pass: `z.record(z.string(), …)`, `z.partialRecord(…)`. */
function openRecord(scope: Scope, node: RecordNode, hint: string): string[] {
  const checker = scope.check(node.value, `${hint}_value`);
  const changes = rewrites(node.value, scope.types);
  const named = node.keys.kind === "names";
  return [
    "start = issues.size",
    ...(named ? ["unknown = []"] : []),
    ...(changes ? ["wire = {}"] : []),
    "value.each do |key, member|",
    ...indent([
      'next if key == "__proto__"',
      "",
      ...keyStatements(scope, node, hint),
      ...valueStatements(scope, node.value, checker),
    ]),
    "end",
    `${WIRE}.sort_by_key(issues, start) if issues.size > start`,
    ...(named
      ? [`${WIRE}.unrecognized_keys(issues, value, ${WIRE}.key_order(unknown)) unless unknown.empty?`]
      : []),
    changes ? "wire" : `${WIRE}.without_proto_key(value)`,
  ];
}

/** Exactly these keys: `z.record(z.enum(…), …)`. */
function closedRecord(scope: Scope, node: RecordNode, names: readonly string[], hint: string): string[] {
  const checker = scope.check(node.value, `${hint}_value`);
  const changes = rewrites(node.value, scope.types);
  const constant = namesConstant(scope, names, hint);
  return [
    "present = 0",
    ...(changes ? ["wire = {}"] : []),
    `${constant}.each_key do |key|`,
    ...indent([
      `member = value.fetch(key, ${UNDEFINED})`,
      `present += 1 unless ${UNDEFINED}.equal?(member)`,
      ...valueStatements(scope, node.value, checker),
    ]),
    "end",
    `${WIRE}.unrecognized_keys(issues, value, ${WIRE}.unknown_keys(value, ${constant})) if value.size > present`,
    changes ? `wire.reject { |_, member| ${UNDEFINED}.equal?(member) }` : "value",
  ];
}

export function recordChecker(scope: Scope, node: RecordNode, hint: string): Checker {
  const method = scope.module.methodName("parse", hint);
  const own = hint === "" ? "record" : hint;
  scope.module.method(method, checkParameters(scope), [
    `return ${WIRE}.invalid_type(issues, value, "record") unless ::Hash === value`,
    "",
    ...(node.keys.kind === "names" && node.keys.exhaustive
      ? closedRecord(scope, node, node.keys.names, own)
      : openRecord(scope, node, own)),
  ]);
  return { fast: null, full: checkCall(scope, method) };
}
