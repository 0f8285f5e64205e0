import { z } from "zod";
import type { SchemaDefinition, SchemaReader, Verdict } from "../../model/definition.js";
import type { StringMeaning } from "../../model/nodes.js";
import type { Positions } from "../positions.js";
import { defineSchema, strayChecks } from "./definitions.js";
import { globalMetadata, isSchema, lookUp, run, type ZodLike } from "./internals.js";

const meanings: ReadonlySet<string> = new Set<StringMeaning>([
  "timestamp",
  "date",
  "decimal",
  "bigint",
  "url",
  "id",
]);

/** Answers the model's questions about schemas of the project's zod. */
export function zodReader(positions: Positions): SchemaReader {
  // Once for each schema: reading an object's shape settles its getters, and then a lost `__proto__` shows no more.
  const definitions = new WeakMap<object, SchemaDefinition>();
  return {
    isSchema,
    define: (schema) => {
      const definition = definitions.get(schema) ?? defineSchema(known(schema));
      definitions.set(schema, definition);
      return definition;
    },
    strayChecks: (schema) => strayChecks(known(schema)),
    // .describe() and .meta() clone a schema around the same definition.
    identity: (schema) => known(schema)._zod.def,
    metadata: (schema) => globalMetadata(known(schema)),
    meaning: (schema) => {
      const registry: unknown = Reflect.get(globalThis, Symbol.for("signalbox.meanings"));
      const meaning = lookUp(registry, known(schema))?.meaning;
      return typeof meaning === "string" && meanings.has(meaning) ? (meaning as StringMeaning) : undefined;
    },
    parse: (schema, value) => parse(known(schema), value),
    parseAbsent: (schema) => parseAbsent(known(schema)),
    omission: (schema) => {
      const { optin, optout } = known(schema)._zod;
      if (optin === undefined) return "required";
      return optin === "optional" && optout === "optional" ? "optional" : "replaced";
    },
    position: (handle) => positions.of(handle),
    positionInside: (handle, text, offset) => positions.inside(handle, text, offset),
    positionOfProperty: (handle, path, given) => positions.property(handle, path, given),
    origin: (schema) => {
      let first = known(schema);
      for (let parent = first._zod.parent; isSchema(parent); parent = first._zod.parent) first = parent;
      return positions.of(first) ?? positions.of(schema);
    },
  };
}

function known(schema: unknown): ZodLike {
  if (!isSchema(schema)) throw new TypeError("not a zod schema");
  return schema;
}

function parse(schema: ZodLike, value: unknown): Verdict {
  const { value: output, issues } = run(schema, value);
  const [issue] = issues;
  return issue === undefined
    ? { valid: true, value: output }
    : { valid: false, code: issue.code ?? "custom" };
}

/** Asked through an object, because there zod treats a missing key unlike a value that is undefined. */
function parseAbsent(schema: ZodLike) {
  const around: unknown = Reflect.construct(z.core.$ZodObject, [
    { type: "object", shape: { value: schema } },
  ]);
  const result = parse(known(around), {});
  if (!result.valid) return { kind: "issue", code: result.code } as const;
  const output: unknown = result.value;
  if (typeof output !== "object" || output === null || !("value" in output) || output.value === undefined) {
    return { kind: "omitted" } as const;
  }
  return { kind: "value", value: output.value } as const;
}
