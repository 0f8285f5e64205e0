import { snakeCase } from "../../../model/names.js";
import type {
  ArrayNode,
  DiscriminatedUnionNode,
  StringNode,
  UnionNode,
  WireNode,
} from "../../../model/nodes.js";
import { rubyScalar, rubyString, rubySymbol } from "../literals.js";
import { objectCaster } from "./cast_objects.js";
import { type Caster, castStatements } from "./caster.js";
import { WIRE } from "./checker.js";
import { conversionOf } from "./coerce.js";
import { indent } from "./module.js";
import { type Scope, typeMethod } from "./scope.js";
import { textCondition } from "./strings.js";

/**
 * A value that is tested by one expression.
 *
 * @param conversion what must happen before the test to values that are not plain JSON of this type
 */
function leafCaster(
  scope: Scope,
  node: WireNode,
  hint: string,
  conversion: (variable: string) => string[],
): Caster {
  const { fast } = scope.check(node, hint);
  if (!fast) return fullCaster(scope, node, hint);
  return {
    kind: "statements",
    of: (variable) => [...conversion(variable), `return unless ${fast(variable)}`],
  };
}

function stringCaster(scope: Scope, node: StringNode, hint: string): Caster {
  const { apply } = conversionOf(node);
  const holds = textCondition(scope, node, hint);
  return {
    kind: "statements",
    of: (variable) => [
      `return unless (${variable}.instance_of?(::String) || ::String === (${variable} = ${apply(variable, false)})) && ${holds(variable)}`,
    ],
  };
}

/** By coercion and check as they are printed anyway. */
function fullCaster(scope: Scope, node: WireNode, hint: string): Caster {
  const coercer = scope.coerce(node, hint);
  const checker = scope.check(node, hint);
  return {
    kind: "statements",
    of: (variable) => [
      ...(coercer.identity ? [] : [`${variable} = ${coercer.apply(variable, false)}`]),
      "issues = []",
      `${variable} = ${checker.full(variable, false)}`,
      "return unless issues.empty?",
    ],
  };
}

/** An Integer that the test takes is one that JavaScript has; any other number may be rounded there. */
function numberConversion(node: Extract<WireNode, { kind: "number" }>): (variable: string) => string[] {
  if (node.checks.some((check) => check.kind === "integer")) return () => [];
  return (variable) => [`${variable} = ${WIRE}.number(${variable}) unless ::Float === ${variable}`];
}

const LENGTH_OPERATORS = { minLength: ">=", maxLength: "<=", exactLength: "==" } as const;

function arrayCaster(scope: Scope, node: ArrayNode, hint: string): Caster {
  const method = scope.module.methodName("cast", hint);
  const item = scope.cast(node.element, `${hint}_item`);
  const conditions = [
    "::Array === given",
    ...node.checks.map(({ kind, value }) => `given.size ${LENGTH_OPERATORS[kind]} ${value}`),
  ];
  scope.module.method(method, "value", [
    `given = value.instance_of?(::Array) ? value : ${WIRE}.list(value)`,
    `return unless ${conditions.join(" && ")}`,
    "",
    ...(item.kind === "call"
      ? [`given.map { |item| ${item.of("item")} or return }`]
      : ["given.map do |item|", ...indent([...item.of("item"), "item"]), "end"]),
  ]);
  return { kind: "call", of: (value) => `${method}(${value})` };
}

function discriminatedUnionCaster(scope: Scope, node: DiscriminatedUnionNode, hint: string): Caster {
  const own = hint === "" ? "value" : hint;
  const method = scope.module.methodName("cast", hint);
  const branches = node.options.flatMap((option) => {
    const [first] = option.values;
    const caster = scope.cast(option.node, `${own}_${String(first)}`);
    const body = caster.kind === "call" ? [caster.of("value")] : [...caster.of("value"), "value"];
    return [`when ${option.values.map(rubyScalar).join(", ")}`, ...indent(body)];
  });
  scope.module.method(method, "value", [
    "return unless value.instance_of?(::Hash)",
    "",
    `tag = value.fetch(${rubySymbol(snakeCase(node.discriminator))}) { value.fetch(${rubyString(node.discriminator)}) { return } }`,
    `case ${WIRE}.scalar(tag)`,
    ...branches,
    "end",
  ]);
  return { kind: "call", of: (value) => `${method}(${value})` };
}

/** Plain scalars only: what an option would convert is for the full coercion to find. */
function unionCaster(scope: Scope, node: UnionNode, hint: string): Caster {
  const { fast } = scope.check(node, hint);
  if (!fast) return fullCaster(scope, node, hint);
  return {
    kind: "statements",
    of: (variable) => [`return unless ${WIRE}.scalar?(${variable}) && ${fast(variable)}`],
  };
}

function nullableCaster(inner: Caster): Caster {
  return {
    kind: "statements",
    of: (variable) => [`unless ${variable}.nil?`, ...indent(castStatements(inner, variable)), "end"],
  };
}

/** Prints what casts a node into the scope's module, and says how to use it. */
export function casterOf(scope: Scope, node: WireNode, hint: string): Caster {
  switch (node.kind) {
    case "string":
      return stringCaster(scope, node, hint);
    case "number":
      return leafCaster(scope, node, hint, numberConversion(node));
    case "boolean":
    case "null":
      return leafCaster(scope, node, hint, () => []);
    case "literal":
      return leafCaster(scope, node, hint, (variable) => [
        `${variable} = ${WIRE}.scalar(${variable}) unless ${variable}.instance_of?(::String)`,
      ]);
    case "json":
      return leafCaster(scope, node, hint, (variable) => [`${variable} = ${WIRE}.plain(${variable})`]);
    case "array":
      return arrayCaster(scope, node, hint);
    case "object":
      return objectCaster(scope, node, hint);
    case "discriminatedUnion":
      return discriminatedUnionCaster(scope, node, hint);
    case "union":
      return unionCaster(scope, node, hint);
    case "nullable":
      return nullableCaster(scope.cast(node.node, hint));
    case "reference": {
      const method = typeMethod(scope, node.name, "cast");
      return { kind: "call", of: (value) => `${method}(${value})` };
    }
    case "never":
    case "tuple":
    case "record":
    case "intersection":
    case "pipe":
      return fullCaster(scope, node, hint);
    default:
      return node satisfies never;
  }
}
