import type {
  ObjectNode,
  ParameterNode,
  PropertyNode,
  RecordNode,
  TupleNode,
  WireNode,
} from "../../model/nodes.js";
import { brandOf } from "./brands.js";
import { inlineComment } from "./documentation.js";
import { literal, propertyKey } from "./literals.js";
import type { TypeNames } from "./names.js";

/** Senders write the schema's input, receivers read its output. */
export type Side = "input" | "output";

/** How one file prints the contract's types. */
export interface TypeScope {
  readonly names: TypeNames;
  /** Put before the name of every type of the contract: `contract.` where they are in another file. */
  readonly prefix: string;
}

/** The type of a node, on one line. */
export function typeText(node: WireNode, side: Side, scope: TypeScope): string {
  const inner = (child: WireNode) => typeText(child, side, scope);
  switch (node.kind) {
    case "string": {
      const brand = side === "output" ? brandOf(node) : null;
      return brand === null ? "string" : scope.prefix + brand;
    }
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    case "null":
      return "null";
    case "never":
      return "never";
    case "json":
      return `${scope.prefix}JsonValue`;
    case "literal":
      return union(node.values.map(literal));
    case "array":
      return `${grouped(inner(node.element))}[]`;
    case "tuple":
      return tupleText(node, inner);
    case "object":
      return objectText(node, side, scope);
    case "record":
      return recordText(node, inner);
    case "union":
      return union(node.options.map(inner));
    case "discriminatedUnion":
      return union(node.options.map((option) => inner(option.node)));
    case "intersection":
      return `${grouped(inner(node.left))} & ${grouped(inner(node.right))}`;
    case "nullable":
      return union([inner(node.node), "null"]);
    case "pipe":
      return inner(side === "input" ? node.from : node.into);
    case "reference":
      return scope.prefix + scope.names[side](node.name);
    default:
      return node satisfies never;
  }
}

/** One field of an object type. `undefined` is spelled out, so that `exactOptionalPropertyTypes` changes nothing. */
export interface Field {
  readonly key: string;
  readonly optional: boolean;
  readonly type: string;
  readonly property: PropertyNode;
}

export function fieldsOf(node: ObjectNode, side: Side, scope: TypeScope): readonly Field[] {
  return node.properties.map((property) => {
    const optional = isOptional(property, side);
    const type = typeText(property.node, side, scope);
    return {
      key: propertyKey(property.name),
      optional,
      type: optional ? union([type, "undefined"]) : type,
      property,
    };
  });
}

function isOptional({ absent }: PropertyNode, side: Side): boolean {
  switch (absent.kind) {
    case "missing":
      return false;
    case "omitted":
      return true;
    case "value":
      return side === "input";
    default:
      return absent satisfies never;
  }
}

/**
 * What keys outside an object's fields hold, if it keeps them. With a catch-all the index signature covers the fields as
 * well: TypeScript has no type for "every other key".
 */
export function indexType(
  node: ObjectNode,
  fields: readonly Field[],
  side: Side,
  scope: TypeScope,
): string | null {
  switch (node.unknownKeys.kind) {
    case "strip":
    case "strict":
      return fields.length === 0 ? "never" : null;
    case "loose":
      return "unknown";
    case "catchall":
      return union([typeText(node.unknownKeys.node, side, scope), ...fields.map((field) => field.type)]);
    default:
      return node.unknownKeys satisfies never;
  }
}

function objectText(node: ObjectNode, side: Side, scope: TypeScope): string {
  const fields = fieldsOf(node, side, scope);
  const index = indexType(node, fields, side, scope);
  if (fields.length === 0 && index !== null) return `{ [key: string]: ${index} }`;
  return objectType([
    ...(index === null ? [] : [`[key: string]: ${index}`]),
    ...fields.map(
      ({ key, optional, type, property }) =>
        `${inlineComment(property.documentation)}${key}${optional ? "?" : ""}: ${type}`,
    ),
  ]);
}

/** `Record<K, V>`, spelled so that a recursive alias may use it. */
function recordText(node: RecordNode, inner: (node: WireNode) => string): string {
  const value = inner(node.value);
  if (node.keys.kind === "string") return `{ [key: string]: ${value} }`;
  if (node.keys.exhaustive)
    return objectType(node.keys.names.map((name) => `${propertyKey(name)}: ${value}`));
  return objectType(node.keys.names.map((name) => `${propertyKey(name)}?: ${value}`));
}

function tupleText(node: TupleNode, inner: (node: WireNode) => string): string {
  const items = node.items.map((item, index) =>
    index < node.required ? inner(item) : `(${union([inner(item), "undefined"])})?`,
  );
  return `[${[...items, ...(node.rest ? [`...${grouped(inner(node.rest))}[]`] : [])].join(", ")}]`;
}

/** Inline and on one line: whatever deserves several has a name of its own. */
function objectType(members: readonly string[]): string {
  return members.length === 0 ? "{}" : `{ ${members.join("; ")} }`;
}

/** What a parameter of a channel's pattern is to a program; on the wire it is text. */
export function parameterType(node: ParameterNode["node"]): string {
  switch (node.kind) {
    case "string":
      return "string";
    case "number":
      return "number";
    case "literal":
      return union(node.values.map(literal));
    default:
      return node satisfies never;
  }
}

function union(types: readonly string[]): string {
  const distinct = [...new Set(types)].filter((type) => type !== "never");
  return distinct.length === 0 ? "never" : distinct.join(" | ");
}

/** In parentheses where something that binds tighter follows or comes before. */
function grouped(type: string): string {
  return /^[\w.]+(\[\])*$/.test(type) ? type : `(${type})`;
}
