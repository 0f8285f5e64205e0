import type {
  Documentation,
  Json,
  NumberNode,
  ObjectNode,
  RecordNode,
  StringNode,
  TupleNode,
  WireNode,
} from "../../model/nodes.js";
import { stringChecks } from "./string-checks.js";

/** A JSON Schema (draft 7, as AsyncAPI 3.0 has it). */
export type JsonSchema = { readonly [keyword: string]: Json };

/** Senders write the schema's input, receivers read its output. */
export type Side = "input" | "output";

/** Where the schema of a named type stands: a `$ref`. */
export type ReferenceTo = (name: string, side: Side) => string;

/** What a node accepts (`input`) or becomes (`output`), as far as JSON Schema can say it. */
export function jsonSchema(node: WireNode, side: Side, refer: ReferenceTo): JsonSchema {
  const inner = (child: WireNode) => jsonSchema(child, side, refer);
  switch (node.kind) {
    case "string":
      return stringSchema(node);
    case "number":
      return numberSchema(node);
    case "boolean":
      return { type: "boolean" };
    case "null":
      return { type: "null" };
    case "never":
      return { not: {} };
    case "json":
      return {};
    case "literal":
      return node.values.length === 1 ? { const: node.values[0] ?? null } : { enum: node.values };
    case "array":
      return { type: "array", items: inner(node.element), ...lengths(node.checks) };
    case "tuple":
      return tupleSchema(node, inner);
    case "object":
      return objectSchema(node, side, refer);
    case "record":
      return recordSchema(node, inner);
    case "union":
      return { anyOf: node.options.map(inner) };
    case "discriminatedUnion":
      return { oneOf: node.options.map((option) => inner(option.node)) };
    case "intersection":
      return { allOf: [inner(node.left), inner(node.right)] };
    case "nullable":
      return { anyOf: [inner(node.node), { type: "null" }] };
    case "pipe":
      return { allOf: [inner(node.from), inner(node.into)] };
    case "reference":
      return { $ref: refer(node.name, side) };
    default:
      return node satisfies never;
  }
}

/** Documentation as JSON Schema has it. A `$ref` cannot have neighbours, so what is said about one stands beside it. */
export function documented(
  schema: JsonSchema,
  { title, description, deprecated, examples }: Documentation,
): JsonSchema {
  const said: JsonSchema = {
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(deprecated === undefined || deprecated === false ? {} : { deprecated: true }),
    ...(typeof deprecated === "string" ? { "x-deprecated": deprecated } : {}),
    ...(examples === undefined ? {} : { examples }),
  };
  if (Object.keys(said).length === 0) return schema;
  return "$ref" in schema ? { allOf: [schema], ...said } : { ...schema, ...said };
}

function stringSchema(node: StringNode): JsonSchema {
  return { type: "string", ...(node.trim ? { "x-trim": true } : {}), ...stringChecks(node) };
}

function numberSchema(node: NumberNode): JsonSchema {
  const schema: Record<string, Json> = { type: node.integer ? "integer" : "number" };
  for (const check of node.checks) {
    switch (check.kind) {
      case "min":
        schema[check.inclusive ? "minimum" : "exclusiveMinimum"] = check.value;
        break;
      case "max":
        schema[check.inclusive ? "maximum" : "exclusiveMaximum"] = check.value;
        break;
      case "multipleOf":
        if (check.value !== 0) schema.multipleOf = Math.abs(check.value);
        break;
      case "integer":
      case "float":
        schema.format = check.format;
        break;
      default:
        check satisfies never;
    }
  }
  return schema;
}

function lengths(checks: readonly { readonly kind: string; readonly value: number }[]): JsonSchema {
  const schema: Record<string, number> = {};
  for (const { kind, value } of checks) {
    if (kind !== "maxLength") schema.minItems = Math.max(schema.minItems ?? 0, value);
    if (kind !== "minLength") schema.maxItems = Math.min(schema.maxItems ?? Number.POSITIVE_INFINITY, value);
  }
  return schema;
}

function tupleSchema(node: TupleNode, inner: (node: WireNode) => JsonSchema): JsonSchema {
  return {
    type: "array",
    items: node.items.map(inner),
    minItems: node.required,
    ...(node.rest === undefined
      ? { maxItems: node.items.length, additionalItems: false }
      : { additionalItems: inner(node.rest) }),
  };
}

function objectSchema(node: ObjectNode, side: Side, refer: ReferenceTo): JsonSchema {
  const required = node.properties
    .filter(({ absent }) => absent.kind === "missing" || (absent.kind === "value" && side === "output"))
    .map((property) => property.name);
  return {
    type: "object",
    properties: Object.fromEntries(
      node.properties.map((property) => {
        const schema = jsonSchema(property.node, side, refer);
        const value: JsonSchema = property.absent.kind === "value" ? { default: property.absent.value } : {};
        const whole =
          "$ref" in schema && "default" in value ? { allOf: [schema], ...value } : { ...schema, ...value };
        return [property.name, documented(whole, property.documentation)];
      }),
    ),
    ...(required.length > 0 ? { required } : {}),
    ...unknownKeys(node, side, refer),
  };
}

function unknownKeys({ unknownKeys: rule }: ObjectNode, side: Side, refer: ReferenceTo): JsonSchema {
  switch (rule.kind) {
    case "strip":
      // Senders may write more than is declared; receivers never see it.
      return side === "input" ? {} : { additionalProperties: false };
    case "strict":
      return { additionalProperties: false };
    case "loose":
      return { additionalProperties: true };
    case "catchall":
      return { additionalProperties: jsonSchema(rule.node, side, refer) };
    default:
      return rule satisfies never;
  }
}

function recordSchema(node: RecordNode, inner: (node: WireNode) => JsonSchema): JsonSchema {
  const value = inner(node.value);
  if (node.keys.kind === "string") {
    const keys = stringSchema(node.keys.node);
    const anyKey = Object.keys(keys).length === 1;
    return { type: "object", additionalProperties: value, ...(anyKey ? {} : { propertyNames: keys }) };
  }
  return {
    type: "object",
    properties: Object.fromEntries(node.keys.names.map((name) => [name, value])),
    ...(node.keys.exhaustive ? { required: node.keys.names } : {}),
    additionalProperties: false,
  };
}
