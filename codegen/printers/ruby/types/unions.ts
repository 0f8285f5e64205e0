import type {
  DiscriminatedUnionNode,
  IntersectionNode,
  NullableNode,
  PipeNode,
  ReferenceNode,
  UnionNode,
  WireNode,
} from "../../../model/nodes.js";
import { rubyScalar, rubyString } from "../literals.js";
import { type Checker, leafCall, UNDEFINED, WIRE } from "./checker.js";
import { invalidDiscriminator } from "./messages.js";
import { indent } from "./module.js";
import { acceptsAbsent, checkCall, checkParameters, rewrites, type Scope, typeMethod } from "./scope.js";

/**
 * The first option that accepts. What is written first is a shortcut for values that are plainly valid: the model lets
 * no two options change one value differently, so the order of options does not matter there.
 */
export function unionChecker(scope: Scope, node: UnionNode, hint: string): Checker {
  const own = hint === "" ? "value" : hint;
  const options = node.options.map((option, index) => scope.check(option, `${own}_option_${index + 1}`));
  const [single] = options;
  if (options.length === 1 && single) return single;
  const method = scope.module.methodName("parse", hint);
  const fast = options.flatMap((option, index) =>
    option.fast && !overtakes(scope, node.options, index) ? [option.fast] : [],
  );
  scope.module.method(method, checkParameters(scope), [
    ...fast.map((expression) => `return value if ${expression("value")}`),
    ...(fast.length > 0 ? [""] : []),
    ...options.flatMap((option, index) => {
      const found = `issues_${index + 1}`;
      return [
        `${found} = []`,
        `option_${index + 1} = ${option.full("value", false, found)}`,
        `return option_${index + 1} if ${found}.empty?`,
        "",
      ];
    }),
    `${WIRE}.invalid_union(issues, value, [`,
    ...indent(
      options.map(
        (_, index) => `[ option_${index + 1}, issues_${index + 1} ]${index < options.length - 1 ? "," : ""}`,
      ),
    ),
    "])",
  ]);
  const allFast = fast.length === options.length;
  return {
    fast: allFast ? (value) => `(${fast.map((expression) => expression(value)).join(" || ")})` : null,
    full: checkCall(scope, method),
  };
}

/** An option that takes any JSON may not step in front of one that would have changed the value. */
function overtakes(scope: Scope, options: readonly WireNode[], index: number): boolean {
  const option = options[index];
  return (
    option !== undefined &&
    acceptsAbsent(option, scope.types) &&
    options.slice(0, index).some((earlier) => rewrites(earlier, scope.types))
  );
}

export function discriminatedUnionChecker(scope: Scope, node: DiscriminatedUnionNode, hint: string): Checker {
  const method = scope.module.methodName("parse", hint);
  const key = rubyString(node.discriminator);
  const own = hint === "" ? "value" : hint;
  const values = node.options.flatMap((option) => option.values);
  const branches = node.options.flatMap((option) => {
    const [first] = option.values;
    const checker = scope.check(option.node, `${own}_${String(first)}`);
    return [`when ${option.values.map(rubyScalar).join(", ")}`, `  ${checker.full("value", false)}`];
  });
  scope.module.method(method, checkParameters(scope), [
    `return ${WIRE}.invalid_type(issues, value, "object") unless ::Hash === value`,
    "",
    `case value.fetch(${key}, ${UNDEFINED})`,
    ...branches,
    "else",
    `  ${WIRE}.refuse(issues, value, "invalid_union", ${rubyString(invalidDiscriminator(values))}, [ ${key} ])`,
    "end",
  ]);
  return { fast: null, full: checkCall(scope, method) };
}

export function intersectionChecker(scope: Scope, node: IntersectionNode, hint: string): Checker {
  const method = scope.module.methodName("parse", hint);
  const own = hint === "" ? "value" : hint;
  const left = scope.check(node.left, `${own}_left`);
  const right = scope.check(node.right, `${own}_right`);
  scope.module.method(method, checkParameters(scope), [
    `left = ${left.full("value", false)}`,
    `right = ${right.full("value", false)}`,
    "::Hash === value ? left.merge(right) : value",
  ]);
  return { fast: null, full: checkCall(scope, method) };
}

export function nullableChecker(scope: Scope, node: NullableNode, hint: string): Checker {
  const inner = scope.check(node.node, hint);
  const innerFast = inner.fast;
  return {
    fast: innerFast ? (value) => `(${value}.nil? || ${innerFast(value)})` : null,
    full: (value, descend, issues) => `${value}.nil? ? nil : ${inner.full(value, descend, issues)}`,
  };
}

export function pipeChecker(scope: Scope, node: PipeNode, hint: string): Checker {
  const own = hint === "" ? "value" : hint;
  const from = scope.check(node.from, `${own}_from`);
  const into = scope.check(node.into, `${own}_into`);
  const method = scope.module.methodName("parse", hint);
  scope.module.method(method, "value, issues", [
    "before = issues.size",
    `value = ${from.full("value", false)}`,
    `return ${WIRE}::ABORTED if issues.size > before`,
    "",
    into.full("value", false),
  ]);
  const fromFast = from.fast;
  const intoFast = into.fast;
  return {
    fast: fromFast && intoFast ? (value) => `${fromFast(value)} && ${intoFast(value)}` : null,
    full: leafCall(method),
  };
}

export function referenceChecker(scope: Scope, node: ReferenceNode): Checker {
  const counts = scope.countsDepth && scope.recursive.has(node.name);
  const method = typeMethod(scope, node.name, "parse");
  return { fast: null, full: counts ? checkCall(scope, method) : leafCall(method) };
}
