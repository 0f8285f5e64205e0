import { snakeCase } from "../../../model/names.js";
import type {
  ArrayNode,
  DiscriminatedUnionNode,
  IntersectionNode,
  RecordNode,
  StringNode,
  TupleNode,
  UnionNode,
  WireNode,
} from "../../../model/nodes.js";
import { rubyScalar, rubyString, rubySymbol } from "../literals.js";
import { WIRE } from "./checker.js";
import { objectCoercer } from "./coerce_objects.js";
import type { Coercer } from "./coercer.js";
import { coerceCall, coerceParameters, type Scope, typeMethod } from "./scope.js";

const identity: Coercer = { identity: true, apply: (value) => value };

function wire(method: string, ...more: string[]): Coercer {
  return { identity: false, apply: (value) => `${WIRE}.${method}(${[value, ...more].join(", ")})` };
}

/** strftime formats for an instant in UTC; the first that the contract's pattern accepts is used. */
const TIMESTAMP_FORMATS = [
  ["%Y-%m-%dT%H:%M:%S.%LZ", "2024-02-03T04:05:06.789Z"],
  ["%Y-%m-%dT%H:%M:%SZ", "2024-02-03T04:05:06Z"],
  ["%Y-%m-%dT%H:%M:%S.%6NZ", "2024-02-03T04:05:06.789012Z"],
  ["%Y-%m-%dT%H:%M:%S.%9NZ", "2024-02-03T04:05:06.789012345Z"],
  ["%Y-%m-%dT%H:%M:%S.%1NZ", "2024-02-03T04:05:06.7Z"],
  ["%Y-%m-%dT%H:%M:%S.%2NZ", "2024-02-03T04:05:06.78Z"],
  ["%Y-%m-%dT%H:%M:%S.%4NZ", "2024-02-03T04:05:06.7890Z"],
  ["%Y-%m-%dT%H:%M:%S.%5NZ", "2024-02-03T04:05:06.78901Z"],
  ["%Y-%m-%dT%H:%M:%S.%7NZ", "2024-02-03T04:05:06.7890123Z"],
  ["%Y-%m-%dT%H:%M:%S.%8NZ", "2024-02-03T04:05:06.78901234Z"],
  ["%Y-%m-%dT%H:%MZ", "2024-02-03T04:05Z"],
] as const;

function patternsOf(node: StringNode): RegExp[] {
  return node.checks.flatMap((check) =>
    check.kind === "pattern"
      ? [new RegExp(check.pattern.source, check.pattern.flags.replace(/[gy]/g, ""))]
      : [],
  );
}

function timestampFormat(node: StringNode): string {
  const patterns = patternsOf(node);
  const fits = TIMESTAMP_FORMATS.find(([, sample]) => patterns.every((pattern) => pattern.test(sample)));
  return (fits ?? TIMESTAMP_FORMATS[0])[0];
}

/** `wire.decimal()` has no more. */
const MAX_SCALE = 1_000;

/** How many digits behind the point a decimal's patterns take. */
function decimalScale(node: StringNode): number {
  const patterns = patternsOf(node);
  const takes = (scale: number) =>
    ["0", "1"].some((whole) => patterns.every((pattern) => pattern.test(`${whole}.${"1".repeat(scale)}`)));
  let scale = 0;
  while (scale < MAX_SCALE && takes(scale + 1)) scale += 1;
  return scale;
}

function stringCoercer(node: StringNode): Coercer {
  const convert = conversionOf(node);
  return {
    identity: false,
    apply: (value) => `${value}.instance_of?(::String) ? ${value} : ${convert.apply(value, false)}`,
  };
}

/** What becomes of a value that should be such a string and is no String. */
export function conversionOf(node: StringNode): Coercer {
  switch (node.meaning) {
    case "timestamp":
      return wire("timestamp", rubyString(timestampFormat(node)));
    case "date":
      return wire("date");
    case "decimal":
      return wire("decimal", String(decimalScale(node)));
    case "bigint":
    case "id":
      return wire("integer_text");
    case "url":
      return wire("url");
    case undefined:
      break;
    default:
      return node.meaning satisfies never;
  }
  if (node.format === "datetime") return wire("timestamp", rubyString(timestampFormat(node)));
  if (node.format === "date") return wire("date");
  if (node.format === "duration") return wire("duration");
  return wire("text");
}

function arrayCoercer(scope: Scope, node: ArrayNode, hint: string): Coercer {
  const item = scope.coerce(node.element, `${hint}_item`);
  if (item.identity) return wire("list");
  const method = scope.module.methodName("coerce", hint);
  scope.module.method(method, coerceParameters(scope), [
    `given = ${WIRE}.list(value)`,
    "return given unless ::Array === given",
    "",
    `given.map { |item| ${item.apply("item", true)} }`,
  ]);
  return { identity: false, apply: coerceCall(scope, method) };
}

function tupleCoercer(scope: Scope, node: TupleNode, hint: string): Coercer {
  const items = node.items.map((item, index) => scope.coerce(item, `${hint}_${index}`));
  const rest = node.rest ? scope.coerce(node.rest, `${hint}_rest`) : identity;
  if ([...items, rest].every((item) => item.identity)) return wire("list");
  const method = scope.module.methodName("coerce", hint);
  const byPlace = [
    "given.each_with_index.map do |item, index|",
    "  case index",
    ...items.map((item, index) => `  when ${index} then ${item.apply("item", true)}`),
    `  else ${rest.apply("item", true)}`,
    "  end",
    "end",
  ];
  scope.module.method(method, coerceParameters(scope), [
    `given = ${WIRE}.list(value)`,
    "return given unless ::Array === given",
    "",
    ...(items.length === 0 ? [`given.map { |item| ${rest.apply("item", true)} }`] : byPlace),
  ]);
  return { identity: false, apply: coerceCall(scope, method) };
}

function recordCoercer(scope: Scope, node: RecordNode, hint: string): Coercer {
  const member = scope.coerce(node.value, `${hint}_value`);
  const method = scope.module.methodName("coerce", hint);
  scope.module.method(method, coerceParameters(scope), [
    `given = ${WIRE}.open_members(value)`,
    "return given unless ::Hash === given",
    "",
    "wire = {}",
    `given.each { |key, member| wire[${WIRE}.key(key)] = ${member.apply("member", true)} }`,
    `wire.size == given.size ? wire : ${WIRE}.spelled_twice(given)`,
  ]);
  return { identity: false, apply: coerceCall(scope, method) };
}

/** The first option whose coerced value is valid. Plain JSON scalars are no option's business. */
function unionCoercer(scope: Scope, node: UnionNode, hint: string): Coercer {
  const own = hint === "" ? "value" : hint;
  const names = node.options.map((_, index) => `${own}_option_${index + 1}`);
  const coercers = node.options.map((option, index) => scope.coerce(option, names[index] ?? own));
  const method = scope.module.methodName("coerce", hint);
  const containers = coercers.filter((_, index) => isContainer(node.options[index]));
  const [only] = containers;
  const otherwise = containers.length === 1 && only ? only.apply("value", false) : `${WIRE}.plain(value)`;
  const checks = node.options.map((option, index) => scope.check(option, names[index] ?? own));
  scope.module.method(method, coerceParameters(scope), [
    `return value if ${WIRE}.scalar?(value)`,
    "",
    ...coercers.flatMap((coercer, index) => [
      "found = []",
      `candidate = ${coercer.apply("value", false)}`,
      checks[index]?.full("candidate", false, "found") ?? "",
      "return candidate if found.empty?",
      "",
    ]),
    otherwise,
  ]);
  return { identity: false, apply: coerceCall(scope, method) };
}

function isContainer(node: WireNode | undefined): boolean {
  return (
    node !== undefined &&
    ["array", "tuple", "object", "record", "discriminatedUnion", "reference"].includes(node.kind)
  );
}

function discriminatedUnionCoercer(scope: Scope, node: DiscriminatedUnionNode, hint: string): Coercer {
  const own = hint === "" ? "value" : hint;
  const method = scope.module.methodName("coerce", hint);
  const branches = node.options.flatMap((option) => {
    const [first] = option.values;
    const coercer = scope.coerce(option.node, `${own}_${String(first)}`);
    return [`when ${option.values.map(rubyScalar).join(", ")}`, `  ${coercer.apply("given", false)}`];
  });
  const spellings = [node.discriminator, snakeCase(node.discriminator)];
  const keys = [...new Set(spellings.flatMap((name) => [rubyString(name), rubySymbol(name)]))];
  scope.module.method(method, coerceParameters(scope), [
    `given = ${WIRE}.members(value)`,
    "return given unless ::Hash === given",
    "",
    `case ${WIRE}.tag(given, ${keys.join(", ")})`,
    ...branches,
    "else",
    `  ${WIRE}.plain(given)`,
    "end",
  ]);
  return { identity: false, apply: coerceCall(scope, method) };
}

function intersectionCoercer(scope: Scope, node: IntersectionNode, hint: string): Coercer {
  const own = hint === "" ? "value" : hint;
  const left = scope.coerce(node.left, `${own}_left`);
  const right = scope.coerce(node.right, `${own}_right`);
  const method = scope.module.methodName("coerce", hint);
  scope.module.method(method, coerceParameters(scope), [
    `left = ${left.apply("value", false)}`,
    `right = ${right.apply("value", false)}`,
    "return left unless ::Hash === left",
    "",
    "::Hash === right ? left.merge(right) : right",
  ]);
  return { identity: false, apply: coerceCall(scope, method) };
}

/** Prints what coerces a node into the scope's module, and says how to use it. */
export function coercerOf(scope: Scope, node: WireNode, hint: string): Coercer {
  switch (node.kind) {
    case "string":
      return stringCoercer(node);
    case "number":
      return wire("number");
    case "boolean":
    case "null":
    case "never":
      return identity;
    case "json":
      return wire("plain");
    case "literal":
      return wire("scalar");
    case "array":
      return arrayCoercer(scope, node, hint);
    case "tuple":
      return tupleCoercer(scope, node, hint);
    case "object":
      return objectCoercer(scope, node, hint);
    case "record":
      return recordCoercer(scope, node, hint);
    case "union":
      return unionCoercer(scope, node, hint);
    case "discriminatedUnion":
      return discriminatedUnionCoercer(scope, node, hint);
    case "intersection":
      return intersectionCoercer(scope, node, hint);
    case "nullable": {
      const inner = scope.coerce(node.node, hint);
      return {
        identity: inner.identity,
        apply: (value, descend) =>
          inner.identity ? value : `${value}.nil? ? nil : ${inner.apply(value, descend)}`,
      };
    }
    case "pipe":
      return scope.coerce(node.from, hint);
    case "reference": {
      const counts = scope.countsDepth && scope.recursive.has(node.name);
      const method = typeMethod(scope, node.name, "coerce");
      return {
        identity: false,
        apply: counts ? coerceCall(scope, method) : (value) => `${method}(${value})`,
      };
    }
    default:
      return node satisfies never;
  }
}
