import type { Handle } from "../definition.js";
import { isJson } from "../json.js";
import { isWellFormed } from "../names.js";
import type { Documentation, Json } from "../nodes.js";
import { type Building, type Place, report } from "./building.js";

/** What `.describe()` and `.meta()` say about a schema, or else about what it wraps. */
export function documentation(building: Building, schema: Handle, place: Place): Documentation {
  const { title, description, deprecated, examples } = metadata(building, schema);
  const wrong = (what: string) =>
    report(building, place.path, building.reader.position(schema), {
      code: "SB1305",
      message: `${what} of .meta() cannot be printed`,
    });
  if (title !== undefined && !isText(title)) wrong("title");
  if (description !== undefined && !isText(description)) wrong("description");
  if (deprecated !== undefined && typeof deprecated !== "boolean" && !isText(deprecated)) wrong("deprecated");
  if (examples !== undefined && !isList(examples)) wrong("examples");
  return {
    ...(isText(title) ? { title } : {}),
    ...(isText(description) ? { description } : {}),
    ...(deprecated === true || isText(deprecated) ? { deprecated } : {}),
    ...(isList(examples) ? { examples } : {}),
  };
}

function metadata(building: Building, schema: Handle) {
  let found = building.reader.metadata(schema);
  let inner = schema;
  for (let steps = 0; steps < 50; steps += 1) {
    const definition = building.reader.define(inner);
    if (definition.kind !== "wrapper") break;
    inner = definition.inner;
    found = { ...building.reader.metadata(inner), ...found };
  }
  return found;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && isWellFormed(value);
}

function isList(value: unknown): value is readonly Json[] {
  return Array.isArray(value) && isJson(value);
}
