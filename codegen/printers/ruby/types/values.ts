import type { JsonNode, LiteralNode } from "../../../model/nodes.js";
import { rubyNumber, rubyScalar, rubyString } from "../literals.js";
import { type Checker, leafCall, WIRE } from "./checker.js";
import { invalidValue } from "./messages.js";
import type { Scope } from "./scope.js";

function wireCall(method: string): Checker["full"] {
  return (value, _descend, issues = "issues") => `${WIRE}.${method}(${issues}, ${value})`;
}

export const booleanChecker: Checker = {
  fast: (value) => `(true.equal?(${value}) || false.equal?(${value}))`,
  full: wireCall("boolean"),
};

export const nullChecker: Checker = {
  fast: (value) => `${value}.nil?`,
  full: wireCall("null"),
};

export const neverChecker: Checker = {
  fast: null,
  full: wireCall("never"),
};

/** `z.json()` builds objects anew, so only the full check knows what comes out. */
export function jsonChecker(node: JsonNode): Checker {
  if (node.source === "json") return { fast: null, full: wireCall("json") };
  return { fast: (value) => `${WIRE}.json?(${value})`, full: wireCall("any") };
}

/** More names than this are looked up in a Hash. */
const FEW = 4;

/** Whether a value is one of these, as JavaScript's `Set` finds it: 1.0 is 1, and true is not. */
function isOneOf(scope: Scope, node: LiteralNode, hint: string, value: string): string {
  const names = node.values.filter((each) => typeof each === "string");
  const numbers = node.values.filter((each) => typeof each === "number");
  const tests = [
    ...(names.length > FEW
      ? [`${namesConstant(scope, names, hint)}.key?(${value})`]
      : names.map((name) => `${rubyString(name)} == ${value}`)),
    ...(numbers.length === 0
      ? []
      : [
          `(${WIRE}.number?(${value}) && (${numbers.map((each) => `${value}.to_f == ${rubyNumber(each)}`).join(" || ")}))`,
        ]),
    ...node.values
      .filter((each) => typeof each === "boolean" || each === null)
      .map((each) => (each === null ? `${value}.nil?` : `${rubyScalar(each)}.equal?(${value})`)),
  ];
  return tests.length === 1 ? (tests[0] ?? "false") : `(${tests.join(" || ")})`;
}

/** A Hash from each name to true: found in constant time, and by content. */
export function namesConstant(scope: Scope, names: readonly string[], hint: string): string {
  const entries = names.map((name) => `  ${rubyString(name)} => true`).join(",\n");
  return scope.module.constant(`${hint}_names`, `{\n${entries}\n}.freeze`);
}

export function literalChecker(scope: Scope, node: LiteralNode, hint: string): Checker {
  const method = scope.module.methodName("parse", hint);
  scope.module.method(method, "value, issues", [
    `return value if ${isOneOf(scope, node, hint, "value")}`,
    "",
    `${WIRE}.refuse(issues, value, "invalid_value", ${rubyString(invalidValue(node.values))})`,
  ]);
  return {
    fast: (value) => isOneOf(scope, node, hint, value),
    full: leafCall(method),
  };
}
