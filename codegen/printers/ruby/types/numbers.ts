import type { NumberCheck, NumberNode } from "../../../model/nodes.js";
import { rubyNumber, rubyString } from "../literals.js";
import { type Checker, leafCall, WIRE } from "./checker.js";
import { tooBig, tooSmall } from "./messages.js";
import type { Scope } from "./scope.js";

const INTEGER_RANGES = {
  safeint: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  int32: [-2147483648, 2147483647],
  uint32: [0, 4294967295],
} as const;

const FLOAT_RANGES = {
  float32: [-3.4028234663852886e38, 3.4028234663852886e38],
  float64: [-Number.MAX_VALUE, Number.MAX_VALUE],
} as const;

interface Comparison {
  readonly operator: ">=" | ">" | "<=" | "<";
  readonly bound: number;
}

function rubyBound(bound: number): string {
  if (Number.isFinite(bound)) return rubyNumber(bound);
  return bound > 0 ? "::Float::INFINITY" : "-::Float::INFINITY";
}

/** The comparisons that a check stands for, on the double. */
function comparisonsOf(check: NumberCheck): readonly Comparison[] {
  switch (check.kind) {
    case "min":
      return [{ operator: check.inclusive ? ">=" : ">", bound: check.value }];
    case "max":
      return [{ operator: check.inclusive ? "<=" : "<", bound: check.value }];
    case "integer": {
      const [least, most] = INTEGER_RANGES[check.format];
      return [
        { operator: ">=", bound: least },
        { operator: "<=", bound: most },
      ];
    }
    case "float": {
      const [least, most] = FLOAT_RANGES[check.format];
      return [
        { operator: ">=", bound: least },
        { operator: "<=", bound: most },
      ];
    }
    case "multipleOf":
      return [];
    default:
      return check satisfies never;
  }
}

/** The narrowest of them in each direction: what the fast check compares. */
function narrowest(comparisons: readonly Comparison[]): readonly Comparison[] {
  const pick = (up: boolean) =>
    comparisons
      .filter(({ operator }) => operator.startsWith(up ? "<" : ">"))
      .sort((a, b) => {
        if (a.bound !== b.bound) return up ? a.bound - b.bound : b.bound - a.bound;
        return a.operator.length - b.operator.length;
      })
      .slice(0, 1);
  return [...pick(false), ...pick(true)];
}

/** Up to 2**53 an Integer compares like its double; beyond, it must be rounded first. */
function compare(value: string, { operator, bound }: Comparison): string {
  const exact = Math.abs(bound) <= Number.MAX_SAFE_INTEGER;
  return `${value}${exact ? "" : ".to_f"} ${operator} ${rubyBound(bound)}`;
}

function fastCondition(node: NumberNode, value: string): string {
  const comparisons = narrowest(node.checks.flatMap(comparisonsOf)).map((each) => compare(value, each));
  const steps = node.checks.flatMap((check) =>
    check.kind === "multipleOf" ? [`${WIRE}.multiple_of?(${value}, ${rubyBound(check.value)})`] : [],
  );
  const integer = node.checks.some((check) => check.kind === "integer");
  const type = integer
    ? `::Integer === ${value}`
    : `(::Float === ${value} ? ${value}.finite? : ${WIRE}.number?(${value}))`;
  return [type, ...comparisons, ...steps].join(" && ");
}

function report(code: string, message: string, condition: string): string {
  return `${WIRE}.report(issues, value, ${rubyString(code)}, ${rubyString(message)}) unless ${condition}`;
}

function statements(check: NumberCheck): string[] {
  switch (check.kind) {
    case "min": {
      const [comparison] = comparisonsOf(check);
      if (!comparison) return [];
      const message = tooSmall("number", comparison.operator, check.value);
      return [report("too_small", message, compare("value", comparison))];
    }
    case "max": {
      const [comparison] = comparisonsOf(check);
      if (!comparison) return [];
      const message = tooBig("number", comparison.operator, check.value);
      return [report("too_big", message, compare("value", comparison))];
    }
    case "multipleOf":
      return [
        report(
          "not_multiple_of",
          `Invalid number: must be a multiple of ${check.value}`,
          `${WIRE}.multiple_of?(value, ${rubyBound(check.value)})`,
        ),
      ];
    case "integer": {
      const [least, most] = INTEGER_RANGES[check.format];
      const range =
        check.format === "safeint"
          ? []
          : [
              "else",
              `  ${report("too_small", tooSmall("number", ">=", least), `value >= ${least}`)}`,
              `  ${report("too_big", tooBig("number", "<=", most), `value <= ${most}`)}`,
            ];
      return [
        `return ${WIRE}.stop(issues, value, "invalid_type", "Invalid input: expected int, received number") unless ${WIRE}.whole?(value)`,
        "",
        `if ${WIRE}.unsafe_integer?(value)`,
        `  ${WIRE}.unsafe_integer(issues, value)`,
        ...range,
        "end",
      ];
    }
    case "float": {
      if (check.format === "float64") return [];
      const [least, most] = FLOAT_RANGES[check.format];
      return [
        report("too_small", tooSmall("number", ">=", least), `value.to_f >= ${rubyNumber(least)}`),
        report("too_big", tooBig("number", "<=", most), `value.to_f <= ${rubyNumber(most)}`),
      ];
    }
    default:
      return check satisfies never;
  }
}

export function numberChecker(scope: Scope, node: NumberNode, hint: string): Checker {
  const method = scope.module.methodName("parse", hint);
  // Members are compared where they stand; what is a type of its own, such as a channel's parameter, is here.
  const first = hint === "" ? [`return value if ${fastCondition(node, "value")}`, ""] : [];
  scope.module.method(method, "value, issues", [
    ...first,
    `return ${WIRE}.invalid_type(issues, value, "number") unless ${WIRE}.number?(value)`,
    "",
    ...node.checks.flatMap(statements),
    "value",
  ]);
  return {
    fast: (value) => fastCondition(node, value),
    full: leafCall(method),
  };
}
