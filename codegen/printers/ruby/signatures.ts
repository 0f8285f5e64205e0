/** What a value is, in RBS: what a caller may hand in. */
import { typeNamed } from "../../model/named-types.js";
import type { ContractNode, WireNode } from "../../model/nodes.js";

/** A type that stands wherever RBS wants one; unions come in parentheses. */
export function rbsType(node: WireNode, contract: ContractNode): string {
  switch (node.kind) {
    case "string":
      return stringType(node.meaning ?? node.format);
    case "number":
      return node.integer ? "::Integer" : "(::Integer | ::Float)";
    case "boolean":
      return "bool";
    case "null":
      return "nil";
    case "never":
      return "bot";
    case "json":
      return "untyped";
    case "literal":
      return union(node.values.flatMap(literalTypes));
    case "array":
      return `::Array[${rbsType(node.element, contract)}]`;
    case "tuple":
      return "::Array[untyped]";
    case "object":
    case "intersection":
      return "::Signalbox::members";
    case "record":
      return `::Hash[::String | ::Symbol, ${rbsType(node.value, contract)}]`;
    case "union":
      return union(node.options.map((option) => rbsType(option, contract)));
    case "discriminatedUnion":
      return "::Signalbox::members";
    case "nullable":
      return union([rbsType(node.node, contract), "nil"]);
    case "pipe":
      return rbsType(node.from, contract);
    case "reference":
      return referenceType(node.name, contract);
    default:
      return node satisfies never;
  }
}

/** Types that hold others may hold themselves: what is in them is left to the validator. */
function referenceType(name: string, contract: ContractNode): string {
  const node = typeNamed(contract, name)?.node;
  if (!node) return "untyped";
  switch (node.kind) {
    case "union":
    case "nullable":
      return "untyped";
    case "array":
      return "::Array[untyped]";
    case "record":
      return "::Hash[::String | ::Symbol, untyped]";
    case "reference":
      return "untyped";
    default:
      return rbsType(node, contract);
  }
}

function union(types: readonly string[]): string {
  const distinct = [...new Set(types)];
  return distinct.length === 1 ? (distinct[0] ?? "bot") : `(${distinct.join(" | ")})`;
}

function stringType(meaning: string | undefined): string {
  switch (meaning) {
    case "timestamp":
    case "datetime":
      return "::Signalbox::timestamp";
    case "date":
      return "::Signalbox::date";
    case "decimal":
      return "::Signalbox::decimal";
    case "bigint":
    case "id":
      return "(::String | ::Integer)";
    case "url":
      return "::Signalbox::url";
    default:
      return "::Signalbox::text";
  }
}

/** The types of a literal: of a plain text the Symbol too. What RBS cannot write is the class of it. */
export function literalTypes(value: string | number | boolean | null): string[] {
  if (value === null) return ["nil"];
  if (typeof value === "boolean") return [String(value)];
  if (typeof value === "number") return [Number.isSafeInteger(value) ? String(value) : "::Float"];
  // RBS has fewer escapes than Ruby: what would need one is any String.
  if (!/^[\w .:/-]*$/.test(value)) return ["::String", "::Symbol"];
  return /^[a-z_]\w*$/.test(value) ? [`"${value}"`, `:${value}`] : [`"${value}"`];
}
