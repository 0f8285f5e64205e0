import type { LengthCheck, NumberCheck, StringCheck, WireNode } from "../../model/nodes.js";
import { code } from "./markdown.js";

/** What a value must be besides its type, in Markdown: `1 to 80 characters`, `at least 0`. Empty where nothing is asked. */
export function bounds(node: WireNode): string {
  switch (node.kind) {
    case "string":
      return [
        node.trim ? "white space at both ends is cut off" : "",
        range(lengthsOf(node.checks), "character"),
        ...node.checks.map((check) => stringBound(check, node.format)),
      ]
        .filter((part) => part !== "")
        .join(", ");
    case "number":
      return node.checks.map(numberBound).filter(Boolean).join(", ");
    case "array":
      return [range(lengthsOf(node.checks), "item"), inside("each", node.element)].filter(Boolean).join("; ");
    case "nullable":
      return bounds(node.node);
    case "record":
      return [node.keys.kind === "string" ? inside("keys", node.keys.node) : "", inside("values", node.value)]
        .filter(Boolean)
        .join("; ");
    case "pipe":
      return [bounds(node.from), bounds(node.into)].filter(Boolean).join(", ");
    case "boolean":
    case "null":
    case "never":
    case "json":
    case "literal":
    case "tuple":
    case "object":
    case "union":
    case "discriminatedUnion":
    case "intersection":
    case "reference":
      return "";
    default:
      return node satisfies never;
  }
}

function inside(what: string, node: WireNode): string {
  const text = bounds(node);
  return text === "" ? "" : `${what}: ${text}`;
}

interface Lengths {
  readonly min: number;
  readonly max: number;
}

function lengthsOf(checks: readonly (LengthCheck | StringCheck)[]): Lengths {
  let min = 0;
  let max = Number.POSITIVE_INFINITY;
  for (const check of checks) {
    if (check.kind === "minLength" || check.kind === "exactLength") min = Math.max(min, check.value);
    if (check.kind === "maxLength" || check.kind === "exactLength") max = Math.min(max, check.value);
  }
  return { min, max };
}

function range({ min, max }: Lengths, unit: string): string {
  const units = (count: number) => `${grouped(count)} ${unit}${count === 1 ? "" : "s"}`;
  if (min === max) return units(min);
  if (max === Number.POSITIVE_INFINITY) return min === 0 ? "" : `at least ${units(min)}`;
  return min === 0 ? `at most ${units(max)}` : `${grouped(min)} to ${units(max)}`;
}

/** 10000 → 10,000, in every locale. */
function grouped(value: number): string {
  return Number.isInteger(value) ? String(value).replace(/\B(?=(\d{3})+$)/g, ",") : String(value);
}

/** Patterns longer than this are for machines. */
const longestPattern = 60;

function stringBound(check: StringCheck, format: string | undefined): string {
  switch (check.kind) {
    case "minLength":
    case "maxLength":
    case "exactLength":
      return "";
    case "startsWith":
      return `starts with ${code(check.value)}`;
    case "endsWith":
      return `ends with ${code(check.value)}`;
    case "includes":
      return `contains ${code(check.value)}`;
    case "pattern":
    case "checksum": {
      if (check.format === format) return "";
      const text = `/${check.pattern.source}/${check.pattern.flags}`;
      return text.length <= longestPattern ? `matches ${code(text)}` : `is a valid ${check.format}`;
    }
    default:
      return check satisfies never;
  }
}

function numberBound(check: NumberCheck): string {
  switch (check.kind) {
    case "min":
      return `${check.inclusive ? "at least" : "more than"} ${grouped(check.value)}`;
    case "max":
      return `${check.inclusive ? "at most" : "less than"} ${grouped(check.value)}`;
    case "multipleOf":
      return `a multiple of ${check.value}`;
    case "integer":
      return check.format === "safeint" ? "" : check.format;
    case "float":
      return check.format;
    default:
      return check satisfies never;
  }
}
