import type { CheckDefinition, Handle, SchemaDefinition } from "../definition.js";
import { isWellFormed } from "../names.js";
import type { LiteralNode, NumberCheck, WireNode } from "../nodes.js";
import { type Building, type Place, refuse, refused, report } from "./building.js";
import { reportCheck, reportStray } from "./strings.js";

type Definition<Kind> = Extract<SchemaDefinition, { readonly kind: Kind }>;

export function numberNode(
  building: Building,
  schema: Handle,
  definition: Definition<"number">,
  place: Place,
): WireNode {
  const before = building.diagnostics.length;
  const checks = definition.checks.flatMap((check) => numberCheck(building, schema, check, place) ?? []);
  if (building.diagnostics.length > before) return refused;
  const integer = checks.some((check) => check.kind === "integer");
  return {
    kind: "number",
    integer,
    checks,
    ...(building.reader.meaning(schema) === "id" ? { meaning: "id" } : {}),
  };
}

function numberCheck(
  building: Building,
  schema: Handle,
  check: CheckDefinition,
  place: Place,
): NumberCheck | null {
  switch (check.kind) {
    case "bound":
      return boundCheck(building, schema, check, place);
    case "multipleOf": {
      const { value } = check;
      if (typeof value === "number" && Number.isFinite(value)) return { kind: "multipleOf", value };
      reportCheck(building, schema, check, place, {
        code: "SB1217",
        message: `multipleOf(${String(value)}): no finite number`,
      });
      return null;
    }
    case "numberFormat": {
      const { format } = check;
      if (format === "safeint" || format === "int32" || format === "uint32")
        return { kind: "integer", format };
      if (format === "float32" || format === "float64") return { kind: "float", format };
      reportCheck(building, schema, check, place, {
        code: "SB1215",
        message: `the number format ${format} is not known`,
      });
      return null;
    }
    default:
      reportStray(building, schema, check, place);
      return null;
  }
}

function boundCheck(
  building: Building,
  schema: Handle,
  check: Extract<CheckDefinition, { readonly kind: "bound" }>,
  place: Place,
): NumberCheck | null {
  const { side, value, inclusive } = check;
  if (typeof value === "number" && Number.isFinite(value)) return { kind: side, value: value + 0, inclusive };
  // min(-Infinity) and max(Infinity) let every number of JSON pass.
  if (value === (side === "min" ? -Infinity : Infinity)) return null;
  reportCheck(building, schema, check, place, {
    code: "SB1217",
    message: `${side}(${String(value)}): no number of JSON can meet it`,
  });
  return null;
}

export function literalNode(
  building: Building,
  schema: Handle,
  definition: Definition<"literal">,
  place: Place,
): WireNode {
  const values: (string | number | boolean | null)[] = [];
  for (const value of definition.values) {
    if (isLiteral(value)) values.push(value);
    else {
      report(building, place.path, building.reader.origin(schema), {
        code: typeof value === "string" ? "SB1304" : "SB1216",
        message: `z.${definition.source}() with ${describe(value)}: no value of JSON`,
      });
    }
  }
  if (values.length < definition.values.length) return refused;
  if (values.length === 0) {
    return refuse(building, schema, place, {
      code: "SB1216",
      message: `z.${definition.source}() without a value accepts nothing`,
      fix: "Give at least one value.",
    });
  }
  const node: LiteralNode = { kind: "literal", source: definition.source, values };
  return node;
}

/** A value of JSON that a literal can be; -0 is 0 there. */
export function isLiteral(value: unknown): value is string | number | boolean | null {
  if (typeof value === "string") return isWellFormed(value);
  return (
    value === null || typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value))
  );
}

function describe(value: unknown): string {
  return typeof value === "string"
    ? JSON.stringify(value)
    : typeof value === "bigint"
      ? `${value}n`
      : String(value);
}
