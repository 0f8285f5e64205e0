import type { RecordNode, StringNode, WireNode } from "../../model/nodes.js";
import { code } from "./markdown.js";

/** What a node is, in Markdown; named types link to their section. */
export function typeLabel(node: WireNode): string {
  switch (node.kind) {
    case "string":
      return stringLabel(node);
    case "number":
      return node.integer ? "integer" : "number";
    case "boolean":
      return "boolean";
    case "null":
      return "null";
    case "never":
      return "nothing";
    case "json":
      return "any JSON";
    case "literal":
      return node.values.map((value) => code(JSON.stringify(value))).join(" or ");
    case "array":
      return `list of ${grouped(node.element)}`;
    case "tuple":
      return tupleLabel(node);
    case "object":
      return node.properties.length === 0 ? "empty object" : "object";
    case "record":
      return recordLabel(node);
    case "union":
      return node.options.map(typeLabel).join(" or ");
    case "discriminatedUnion":
      return node.options.map((option) => typeLabel(option.node)).join(" or ");
    case "intersection":
      return `${typeLabel(node.left)} and ${typeLabel(node.right)}`;
    case "nullable":
      return `${typeLabel(node.node)} or null`;
    case "pipe":
      return typeLabel(node.into);
    case "reference":
      return `[${node.name}](#${anchor(node.name)})`;
    default:
      return node satisfies never;
  }
}

/** The id that a heading gets on GitHub. */
export function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_ -]/gu, "")
    .replaceAll(" ", "-");
}

function stringLabel({ meaning, format }: StringNode): string {
  const what = meaning ?? format;
  return what === undefined || what === "regex" ? "string" : `string (${what})`;
}

function tupleLabel(node: Extract<WireNode, { kind: "tuple" }>): string {
  const items = node.items.map(
    (item, index) => typeLabel(item) + (index < node.required ? "" : " (optional)"),
  );
  const rest = node.rest === undefined ? [] : [`any number of ${typeLabel(node.rest)}`];
  return `list of exactly: ${[...items, ...rest].join(", ")}`;
}

function recordLabel(node: RecordNode): string {
  const value = grouped(node.value);
  if (node.keys.kind === "string") return `object of ${value}`;
  const names = node.keys.names.map(code).join(", ");
  return `object with ${node.keys.exhaustive ? "all" : "any"} of ${names}, each ${value}`;
}

function grouped(node: WireNode): string {
  const label = typeLabel(node);
  return label.includes(" or ") ? `(${label})` : label;
}
