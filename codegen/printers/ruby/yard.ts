/** What a value is, in YARD's words: the types that a Rails programmer may hand in. */
import { typeNamed } from "../../model/named-types.js";
import type { ContractNode, WireNode } from "../../model/nodes.js";

/** Inside the brackets of `@param name […]`. */
export function yardType(node: WireNode, contract: ContractNode): string {
  return [...new Set(classes(node, contract))].join(", ");
}

function classes(node: WireNode, contract: ContractNode): string[] {
  switch (node.kind) {
    case "string":
      return stringClasses(node.meaning ?? node.format);
    case "number":
      return node.integer ? ["Integer"] : ["Integer", "Float"];
    case "boolean":
      return ["Boolean"];
    case "null":
      return ["nil"];
    case "never":
      return ["void"];
    case "json":
      return ["Object"];
    case "literal":
      return node.values.map(scalarClass);
    case "array":
      return [`Array<${yardType(node.element, contract)}>`];
    case "tuple":
      return [`Array(${node.items.map((item) => yardType(item, contract)).join(", ")})`];
    case "object":
    case "intersection":
      return ["Hash", "#to_h"];
    case "record":
      return [`Hash{String => ${yardType(node.value, contract)}}`];
    case "union":
      return node.options.flatMap((option) => classes(option, contract));
    case "discriminatedUnion":
      return node.options.flatMap((option) => classes(option.node, contract));
    case "nullable":
      return [...classes(node.node, contract), "nil"];
    case "pipe":
      return classes(node.from, contract);
    case "reference": {
      const type = typeNamed(contract, node.name);
      // A type within itself is an object or an array of them; its own documentation says more.
      return type && !isRecursive(type.node) ? classes(type.node, contract) : ["Hash", "#to_h"];
    }
    default:
      return node satisfies never;
  }
}

function isRecursive(node: WireNode): boolean {
  return node.kind === "union" || node.kind === "array" || node.kind === "record";
}

function stringClasses(meaning: string | undefined): string[] {
  switch (meaning) {
    case "timestamp":
    case "datetime":
      return ["Time", "DateTime", "String"];
    case "date":
      return ["Date", "String"];
    case "decimal":
      return ["BigDecimal", "String"];
    case "bigint":
      return ["Integer", "String"];
    case "url":
      return ["URI", "String"];
    default:
      return ["String"];
  }
}

function scalarClass(value: string | number | boolean | null): string {
  if (value === null) return "nil";
  if (typeof value === "boolean") return "Boolean";
  if (typeof value === "number") return Number.isInteger(value) ? "Integer" : "Float";
  return "String";
}
