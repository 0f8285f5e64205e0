import type { JavaScriptPattern, StringCheck, StringNode } from "../../../model/nodes.js";
import { translateRegex } from "../../../regex/translate.js";
import { rubyString } from "../literals.js";
import { type Checker, leafCall, WIRE } from "./checker.js";
import { invalidFormat, tooBig, tooSmall } from "./messages.js";
import type { Lines } from "./module.js";
import type { Scope } from "./scope.js";

interface Pattern {
  readonly matches: (value: string) => string;
  readonly ascii: boolean;
}

function patternOf(scope: Scope, pattern: JavaScriptPattern, hint: string): Pattern {
  const translation = translateRegex(pattern);
  if (!translation.ok) {
    throw new Error(`The model holds a pattern that Ruby cannot have: ${pattern.source}: ${translation.why}`);
  }
  const name = scope.module.constant(`${hint}_pattern`, `/${translation.source}/.freeze`);
  return {
    matches: (value) => `${name}.match?(${translation.astral ? `${WIRE}.units(${value})` : value})`,
    ascii: translation.ascii,
  };
}

/** What must hold, as a Ruby expression over a string that is text. */
function condition(scope: Scope, check: StringCheck, hint: string, value: string): string {
  switch (check.kind) {
    case "minLength":
      return `${value}.length >= ${check.value}`;
    case "maxLength":
      return `${value}.length <= ${check.value}`;
    case "exactLength":
      return `${value}.length == ${check.value}`;
    case "startsWith":
      return `${value}.start_with?(${rubyString(check.value)})`;
    case "endsWith":
      return `${value}.end_with?(${rubyString(check.value)})`;
    case "includes":
      return `${value}.include?(${rubyString(check.value)})`;
    case "pattern":
      return patternOf(scope, check.pattern, hint).matches(value);
    case "checksum":
      return `${patternOf(scope, check.pattern, hint).matches(value)} && ${WIRE}.${check.algorithm}?(${value})`;
    default:
      return check satisfies never;
  }
}

function report(verb: "report" | "stop" | "refuse", code: string, message: string): string {
  return `${WIRE}.${verb}(issues, value, ${rubyString(code)}, ${rubyString(message)})`;
}

function statements(scope: Scope, check: StringCheck, hint: string): string[] {
  const holds = condition(scope, check, hint, "value");
  switch (check.kind) {
    case "minLength":
      return [
        `${report("report", "too_small", tooSmall("string", ">=", check.value, "characters"))} unless ${holds}`,
      ];
    case "maxLength":
      return [
        `${report("report", "too_big", tooBig("string", "<=", check.value, "characters"))} unless ${holds}`,
      ];
    case "exactLength":
      return [
        `${report("report", "too_small", tooSmall("string", "exactly ", check.value, "characters"))} if value.length < ${check.value}`,
        `${report("report", "too_big", tooBig("string", "exactly ", check.value, "characters"))} if value.length > ${check.value}`,
      ];
    case "startsWith":
      return [
        `${report("report", "invalid_format", `Invalid string: must start with "${check.value}"`)} unless ${holds}`,
      ];
    case "endsWith":
      return [
        `${report("report", "invalid_format", `Invalid string: must end with "${check.value}"`)} unless ${holds}`,
      ];
    case "includes":
      return [
        `${report("report", "invalid_format", `Invalid string: must include "${check.value}"`)} unless ${holds}`,
      ];
    case "pattern":
    case "checksum": {
      const message = invalidFormat(check);
      // zod's template literal is a type of its own: it fails as one, not as a check.
      if (check.format === "template_literal") {
        return [`return ${report("refuse", "invalid_format", message)} unless ${holds}`];
      }
      const verb = check.abort ? "stop" : "report";
      const statement = report(verb, "invalid_format", message);
      return [`${check.abort ? "return " : ""}${statement} unless ${holds}`];
    }
    default:
      return check satisfies never;
  }
}

/** zod runs length checks on values of other types too, if they have a length. */
export function misplacedLengthChecks(
  checks: readonly { readonly kind: string; readonly value?: unknown }[],
): string[] {
  return checks.flatMap((check) => {
    if (check.kind === "minLength") return [`${WIRE}.misplaced_minimum(issues, value, ${check.value})`];
    if (check.kind === "maxLength") return [`${WIRE}.misplaced_maximum(issues, value, ${check.value})`];
    if (check.kind === "exactLength") return [`${WIRE}.misplaced_length(issues, value, ${check.value})`];
    return [];
  });
}

/** What must hold, as a Ruby expression over a variable that has a String. */
export function textCondition(scope: Scope, node: StringNode, hint: string): (value: string) => string {
  const asciiOnly = node.checks.some(
    (check) =>
      (check.kind === "pattern" || check.kind === "checksum") && patternOf(scope, check.pattern, hint).ascii,
  );
  const conditions = node.checks.filter((check) => check.kind !== "minLength" || check.value > 0);
  return (value) =>
    [
      asciiOnly ? `${value}.ascii_only?` : `(${value}.ascii_only? || ${WIRE}.utf8?(${value}))`,
      ...(node.trim ? [`${WIRE}.trim(${value}).equal?(${value})`] : []),
      ...conditions.map((check) => condition(scope, check, hint, value)),
    ].join(" && ");
}

export function stringChecker(scope: Scope, node: StringNode, hint: string): Checker {
  const holds = textCondition(scope, node, hint);
  const fast = (value: string) => `::String === ${value} && ${holds(value)}`;

  const method = scope.module.methodName("parse", hint);
  const misplaced = misplacedLengthChecks(node.checks);
  const body: Lines = [
    ...(misplaced.length === 0
      ? [`return ${WIRE}.invalid_text(issues, value) unless ${WIRE}.text?(value)`]
      : [
          `unless ${WIRE}.text?(value)`,
          `  ${WIRE}.invalid_text(issues, value)`,
          ...misplaced.map((line) => `  ${line}`),
          "  return value",
          "end",
        ]),
    "",
    ...(node.trim ? [`value = ${WIRE}.trim(value)`] : []),
    ...node.checks.flatMap((check) => statements(scope, check, hint)),
    "value",
  ];
  scope.module.method(method, "value, issues", body);
  return { fast, full: leafCall(method) };
}
