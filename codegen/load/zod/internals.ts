/**
 * The one place that knows how zod keeps a schema (`_zod`). Everything else in codegen sees `SchemaDefinition`s.
 * Typed by hand, loosely and read-only: the schema comes from the project's own copy of zod, and nothing about it is
 * taken for granted.
 */

/** `schema._zod.def`: keys by kind of schema, every one of them unchecked. */
export type Definition = Readonly<Record<string, unknown>>;

interface Payload {
  value: unknown;
  issues: { readonly code?: string; readonly path?: readonly unknown[] }[];
}

interface Internals {
  readonly def: Definition;
  readonly traits: ReadonlySet<string>;
  readonly parent?: unknown;
  readonly optin?: "optional" | "defaulted" | undefined;
  readonly optout?: "optional" | undefined;
  readonly values?: ReadonlySet<unknown> | undefined;
  readonly propValues?: Readonly<Record<string, ReadonlySet<unknown> | undefined>> | undefined;
  readonly pattern?: RegExp | undefined;
  readonly innerType?: unknown;
  readonly version?: { readonly major: number; readonly minor: number; readonly patch: number };
  run(payload: Payload, context: { async: false }): Payload | Promise<Payload>;
}

export interface ZodLike {
  readonly _zod: Internals;
}

/** A schema or a check: both have a definition. */
export function internalsOf(value: unknown): Internals | undefined {
  if (typeof value !== "object" && typeof value !== "function") return undefined;
  if (value === null || !("_zod" in value)) return undefined;
  const internals = value._zod;
  if (typeof internals !== "object" || internals === null || !("def" in internals)) return undefined;
  return internals as Internals;
}

export function isSchema(value: unknown): value is ZodLike {
  return internalsOf(value)?.traits?.has("$ZodType") === true;
}

/** Runs a schema as the gateway does: synchronously, forward. */
export function run(schema: ZodLike, value: unknown): Payload {
  const result = schema._zod.run({ value, issues: [] }, { async: false });
  if (result instanceof Promise) throw new Error("The schema is asynchronous.");
  return result;
}

/** `z.registry().get` of zod's global registry: what `.meta()` and `.describe()` said. */
export function globalMetadata(schema: ZodLike): Definition {
  const registry: unknown = Reflect.get(globalThis, "__zod_globalRegistry");
  return lookUp(registry, schema) ?? {};
}

export function lookUp(registry: unknown, schema: ZodLike): Definition | undefined {
  if (typeof registry !== "object" || registry === null || !("get" in registry)) return undefined;
  if (typeof registry.get !== "function") return undefined;
  const found: unknown = registry.get(schema);
  return typeof found === "object" && found !== null ? (found as Definition) : undefined;
}
