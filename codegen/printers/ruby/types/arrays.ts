import type { ArrayNode, LengthCheck, TupleNode, WireNode } from "../../../model/nodes.js";
import { rubyString } from "../literals.js";
import { type Checker, UNDEFINED, WIRE } from "./checker.js";
import { tooBig, tooSmall } from "./messages.js";
import { indent } from "./module.js";
import { checkCall, checkParameters, rewrites, type Scope } from "./scope.js";
import { misplacedLengthChecks } from "./strings.js";

/** An array with too many items fails before any of them is looked at. */
function capStatement(check: LengthCheck): string[] {
  if (check.kind === "minLength") return [];
  const message = tooBig("array", check.kind === "exactLength" ? "exactly " : "<=", check.value, "items");
  return [
    `return ${WIRE}.stop(issues, value, "too_big", ${rubyString(message)}) if value.size > ${check.value}`,
  ];
}

function floorStatement(check: LengthCheck): string[] {
  if (check.kind === "maxLength" || check.value === 0) return [];
  const message = tooSmall("array", check.kind === "exactLength" ? "exactly " : ">=", check.value, "items");
  return [
    `${WIRE}.report(issues, value, "too_small", ${rubyString(message)}) if value.size < ${check.value} && !${WIRE}.stopped?(issues, start)`,
  ];
}

/** Checks `item`, which is at `index`, and takes over into `items` what it became. */
function itemStatements(scope: Scope, node: WireNode, checker: Checker, index: string): string[] {
  const changes = rewrites(node, scope.types);
  const keep = [
    "unless checked.equal?(item)",
    "  items = value.dup if items.equal?(value)",
    `  items[${index}] = checked`,
    "end",
  ];
  if (checker.fast) {
    const full = `${WIRE}.under(issues, ${index}) { ${checker.full("item", true)} }`;
    if (!changes) return [`${full} unless ${checker.fast("item")}`];
    return [`unless ${checker.fast("item")}`, ...indent([`checked = ${full}`, ...keep]), "end"];
  }
  return [
    "before = issues.size",
    `${changes ? "checked = " : ""}${checker.full("item", true)}`,
    `${WIRE}.prefix(issues, before, ${index}) if issues.size > before`,
    ...(changes ? keep : []),
  ];
}

function loop(from: string, body: readonly string[]): string[] {
  return [
    `index = ${from}`,
    "while index < value.size",
    ...indent(["item = value[index]", ...body, "index += 1"]),
    "end",
  ];
}

export function arrayChecker(scope: Scope, node: ArrayNode, hint: string): Checker {
  const method = scope.module.methodName("parse", hint);
  const checker = scope.check(node.element, `${hint}_item`);
  const misplaced = misplacedLengthChecks(node.checks);
  const floors = node.checks.flatMap(floorStatement);
  const changes = rewrites(node.element, scope.types);
  const wrongType = `${WIRE}.invalid_type(issues, value, "array")`;
  scope.module.method(method, checkParameters(scope), [
    ...(misplaced.length === 0
      ? [`return ${wrongType} unless ::Array === value`]
      : ["unless ::Array === value", ...indent([wrongType, ...misplaced, "return value"]), "end"]),
    ...node.checks.flatMap(capStatement),
    "",
    ...(floors.length > 0 ? ["start = issues.size"] : []),
    ...(changes ? ["items = value"] : []),
    ...loop("0", itemStatements(scope, node.element, checker, "index")),
    ...floors,
    changes ? "items" : "value",
  ]);
  return { fast: null, full: checkCall(scope, method) };
}

function tupleItem(scope: Scope, node: TupleNode, index: number, hint: string): string[] {
  const item = node.items[index];
  if (!item) return [];
  const checker = scope.check(item, `${hint}_${index}`);
  const body = itemStatements(scope, item, checker, String(index));
  if (index >= node.required) {
    return [`if value.size > ${index}`, ...indent([`item = value[${index}]`, ...body]), "end"];
  }
  return [`item = value.fetch(${index}, ${UNDEFINED})`, ...body];
}

export function tupleChecker(scope: Scope, node: TupleNode, hint: string): Checker {
  const method = scope.module.methodName("parse", hint);
  const most = node.items.length;
  const bounds = node.rest
    ? []
    : [
        ...(node.required > 0
          ? [
              `return ${WIRE}.refuse(issues, value, "too_small", ${rubyString(tooSmall("array", ">=", node.required, "items"))}) if value.size < ${node.required}`,
            ]
          : []),
        `${WIRE}.refuse(issues, value, "too_big", ${rubyString(tooBig("array", "<=", most, "items"))}) if value.size > ${most}`,
      ];
  const changes = rewrites(node, scope.types);
  // zod reports what is wrong in the rest before what is wrong in the items in front of it.
  const rest = node.rest
    ? loop(String(most), itemStatements(scope, node.rest, scope.check(node.rest, `${hint}_rest`), "index"))
    : [];
  scope.module.method(method, checkParameters(scope), [
    `return ${WIRE}.invalid_type(issues, value, "tuple") unless ::Array === value`,
    ...bounds,
    "",
    ...(changes ? ["items = value"] : []),
    ...rest,
    ...node.items.flatMap((_, index) => tupleItem(scope, node, index, hint)),
    changes ? "items" : "value",
  ]);
  return { fast: null, full: checkCall(scope, method) };
}
