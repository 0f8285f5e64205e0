import type {
  CheckDefinition,
  Handle,
  PropertyDefinition,
  SchemaDefinition,
} from "../../model/definition.js";
import { readCheck, strangeKey } from "./checks.js";
import { type Definition, internalsOf, isSchema, type ZodLike } from "./internals.js";

/** Keys that each kind of schema may have; any other key that is set makes the schema unknown. */
const knownKeys: Readonly<Record<string, readonly string[]>> = {
  string: [
    "check",
    "format",
    "abort",
    "pattern",
    "coerce",
    "fn",
    "version",
    "offset",
    "local",
    "precision",
  ].concat(["length", "delimiter", "protocol", "hostname", "normalize", "alg", "enc"]),
  number: ["check", "format", "abort", "coerce"],
  boolean: ["coerce"],
  literal: ["values"],
  enum: ["entries"],
  array: ["element"],
  tuple: ["items", "rest"],
  object: ["shape", "catchall"],
  record: ["keyType", "valueType", "mode", "partial"],
  union: ["options", "inclusive", "discriminator", "unionFallback"],
  intersection: ["left", "right"],
  optional: ["innerType"],
  nullable: ["innerType"],
  nonoptional: ["innerType"],
  readonly: ["innerType"],
  default: ["innerType", "defaultValue"],
  prefault: ["innerType", "defaultValue"],
  lazy: ["getter", "_cachedInner"],
  pipe: ["in", "out"],
  template_literal: ["parts", "format"],
};

const notJson = new Set([
  "bigint",
  "date",
  "map",
  "set",
  "file",
  "symbol",
  "undefined",
  "void",
  "nan",
  "promise",
  "function",
]);

/** Reads a schema into plain data. Judges nothing: what is not understood is said to be unknown. */
export function defineSchema(schema: ZodLike): SchemaDefinition {
  try {
    return readDefinition(schema);
  } catch (error) {
    return { kind: "broken", why: error instanceof Error ? error.message : String(error) };
  }
}

function readDefinition(schema: ZodLike): SchemaDefinition {
  const { def, traits } = schema._zod;
  const type = String(def.type);
  if (notJson.has(type)) return { kind: "notJson", type };
  if (type === "catch" || type === "success") {
    return { kind: "replacing", name: type === "catch" ? ".catch()" : "z.success()" };
  }
  if (type === "transform") return { kind: "code", name: ".transform()" };
  if (type === "custom") return { kind: "code", name: "z.custom() or z.instanceof()" };
  if (def.coerce === true) return { kind: "coerced", type };
  if (type === "pipe") return readPipe(def, traits);
  const stranger = strangeKey(def, ["type", "checks", "error", ...(knownKeys[type] ?? [])]);
  if (stranger !== undefined) return { kind: "unknown", what: `the option ${stranger} of z.${type}()` };
  return readKnown(schema, type, def);
}

function readKnown(schema: ZodLike, type: string, def: Definition): SchemaDefinition {
  const { traits } = schema._zod;
  switch (type) {
    case "string":
      return {
        kind: "string",
        checks: allChecks(schema),
        format: typeof def.format === "string" ? def.format : null,
      };
    case "template_literal": {
      const pattern = schema._zod.pattern;
      if (pattern === undefined) return { kind: "unknown", what: "z.templateLiteral() without a pattern" };
      return { kind: "templateLiteral", format: String(def.format ?? "template_literal"), pattern };
    }
    case "number":
      return { kind: "number", checks: allChecks(schema) };
    case "boolean":
    case "null":
    case "never":
      return { kind: type };
    case "any":
    case "unknown":
      return { kind: "json", source: type };
    case "literal":
    case "enum":
      return { kind: "literal", source: type, values: [...(schema._zod.values ?? [])] };
    case "array":
      return { kind: "array", element: child(def.element), checks: ownChecks(def) };
    case "tuple":
      return { kind: "tuple", items: children(def.items), rest: def.rest == null ? null : child(def.rest) };
    case "object":
      return readObject(def);
    case "record":
      return readRecord(def);
    case "union":
      return readUnion(schema, def);
    case "intersection":
      return { kind: "intersection", left: child(def.left), right: child(def.right) };
    case "optional": {
      const wrapper = traits.has("$ZodExactOptional") ? "exactOptional" : "optional";
      return { kind: "wrapper", wrapper, inner: child(def.innerType) };
    }
    case "nullable":
    case "nonoptional":
    case "readonly":
    case "default":
    case "prefault":
      return { kind: "wrapper", wrapper: type, inner: child(def.innerType) };
    case "lazy":
      return readLazy(schema);
    default:
      return { kind: "unknown", what: `z.${type}()` };
  }
}

/** Checks that stand on a schema of a kind that takes none. */
export function strayChecks(schema: ZodLike): readonly CheckDefinition[] {
  const { def } = schema._zod;
  const takesChecks = def.type === "string" || def.type === "number" || def.type === "array";
  return takesChecks ? [] : ownChecks(def);
}

function ownChecks(def: Definition): readonly CheckDefinition[] {
  return Array.isArray(def.checks) ? def.checks.map(readCheck) : [];
}

/** A format is schema and check at once (`z.email()`), and then runs before the others. */
function allChecks(schema: ZodLike): readonly CheckDefinition[] {
  const own = schema._zod.traits.has("$ZodCheck") ? [readCheck(schema)] : [];
  return [...own, ...ownChecks(schema._zod.def)];
}

function readObject(def: Definition): SchemaDefinition {
  const impossibleKeys = replacedPrototype(def) ? ["__proto__"] : [];
  const shape = def.shape;
  if (typeof shape !== "object" || shape === null) throw new Error("The object has no shape.");
  const properties: PropertyDefinition[] = [];
  for (const key of Reflect.ownKeys(shape)) {
    if (typeof key === "symbol") impossibleKeys.push(String(key));
    else properties.push({ name: key, schema: child(Reflect.get(shape, key)) });
  }
  return {
    kind: "object",
    properties,
    impossibleKeys,
    catchall: def.catchall == null ? null : child(def.catchall),
  };
}

/** `{ __proto__: z.string() }` makes no key but another prototype, and zod copies only keys: the field is lost. */
function replacedPrototype(def: Definition): boolean {
  const getter = Object.getOwnPropertyDescriptor(def, "shape")?.get;
  const raw: unknown = getter === undefined ? undefined : Reflect.get(getter, "raw");
  if (typeof raw !== "object" || raw === null) return false;
  return isSchema(Object.getPrototypeOf(raw));
}

function readRecord(def: Definition): SchemaDefinition {
  const key = child(def.keyType);
  const values = internalsOf(key)?.values;
  return {
    kind: "record",
    key,
    value: child(def.valueType),
    partial: def.partial === true,
    loose: def.mode === "loose",
    names: values === undefined ? null : [...values],
  };
}

function readUnion(schema: ZodLike, def: Definition): SchemaDefinition {
  const options = children(def.options);
  if (!schema._zod.traits.has("$ZodDiscriminatedUnion")) {
    return { kind: "union", options, exclusive: schema._zod.traits.has("$ZodXor") };
  }
  const discriminator = String(def.discriminator);
  return {
    kind: "discriminatedUnion",
    discriminator,
    fallback: def.unionFallback === true,
    options: options.map((option) => ({
      schema: option,
      values: discriminatorValues(option, discriminator),
    })),
  };
}

function discriminatorValues(option: Handle, discriminator: string): readonly unknown[] {
  const values = internalsOf(option)?.propValues;
  if (values === undefined || !Object.hasOwn(values, discriminator)) return [];
  return [...(values[discriminator] ?? [])];
}

function readPipe(def: Definition, traits: ReadonlySet<string>): SchemaDefinition {
  if (traits.has("$ZodPreprocess")) return { kind: "code", name: "z.preprocess()" };
  if (traits.has("$ZodCodec") || def.transform !== undefined)
    return { kind: "code", name: "z.codec() or z.stringbool()" };
  const ends = [def.in, def.out].map((end) => internalsOf(end)?.def.type);
  if (ends.includes("transform")) return { kind: "code", name: ".transform()" };
  const stranger = strangeKey(def, ["type", "checks", "error", ...(knownKeys.pipe ?? [])]);
  if (stranger !== undefined) return { kind: "unknown", what: `the option ${stranger} of z.pipe()` };
  return { kind: "pipe", from: child(def.in), into: child(def.out) };
}

function readLazy(schema: ZodLike): SchemaDefinition {
  const inner = child(schema._zod.innerType);
  return isJson(schema, inner)
    ? { kind: "json", source: "json" }
    : { kind: "wrapper", wrapper: "lazy", inner };
}

/** `z.json()` leaves no mark: a lazy union of every kind of JSON, in zod's own order, over itself. */
function isJson(lazy: ZodLike, inner: Handle): boolean {
  const union = internalsOf(inner)?.def;
  if (union?.type !== "union" || !Array.isArray(union.options) || hasChecks(union)) return false;
  const parts = union.options.map((option) => internalsOf(option)?.def ?? {});
  if (parts.map((part) => part.type).join() !== "string,number,boolean,null,array,record") return false;
  const [text, number, , , array, record] = parts;
  return (
    !parts.some(hasChecks) &&
    text?.format === undefined &&
    number?.format === undefined &&
    array?.element === lazy &&
    record?.valueType === lazy &&
    record.mode === undefined &&
    plainString(record.keyType)
  );
}

function plainString(schema: unknown): boolean {
  const def = internalsOf(schema)?.def;
  return def?.type === "string" && def.format === undefined && def.coerce !== true && !hasChecks(def);
}

function hasChecks(def: Definition): boolean {
  return Array.isArray(def.checks) && def.checks.length > 0;
}

function children(value: unknown): readonly Handle[] {
  if (!Array.isArray(value)) throw new Error("A list of schemas is missing.");
  return value.map(child);
}

function child(value: unknown): Handle {
  if (!isSchema(value)) throw new Error("A part of the schema is not a zod schema.");
  return value;
}
