import type { Handle, SchemaDefinition } from "../definition.js";
import type { Building } from "./building.js";

type Wrapper = Extract<SchemaDefinition, { readonly kind: "wrapper" }>["wrapper"];

/** The outermost schema of one of the given kinds, through whatever may stand around it without changing the type. */
export function wrapped(
  building: Building,
  schema: Handle,
  wanted: readonly Wrapper[],
  steps = 0,
): Handle | undefined {
  if (steps > 100) return undefined;
  const definition = building.reader.define(schema);
  switch (definition.kind) {
    case "wrapper":
      if (wanted.includes(definition.wrapper)) return schema;
      if (definition.wrapper === "nonoptional") return undefined;
      return wrapped(building, definition.inner, wanted, steps + 1);
    case "pipe":
      return wrapped(building, definition.from, wanted, steps + 1);
    case "union":
      for (const option of definition.options) {
        const found = wrapped(building, option, wanted, steps + 1);
        if (found !== undefined) return found;
      }
      return undefined;
    default:
      return undefined;
  }
}
