/**
 * What the model is built from: one zod schema, read but not yet judged. The loader makes these (`codegen/load/zod`);
 * the model decides what of it may go on the wire.
 */
import type { SourcePosition, StringMeaning } from "./nodes.js";

/** A zod schema, a check or a channel: something that stands somewhere in the source. The model never looks into it. */
export type Handle = object;

/** One check as zod holds it. `handle` is the check itself, for its position. */
export type CheckDefinition = { readonly handle: Handle } & (
  | { readonly kind: "minLength" | "maxLength" | "exactLength"; readonly value: number }
  | { readonly kind: "startsWith" | "endsWith"; readonly value: string; readonly abort: boolean }
  | { readonly kind: "includes"; readonly value: string; readonly position: boolean; readonly abort: boolean }
  | FormatDefinition
  | { readonly kind: "trim" }
  | {
      readonly kind: "bound";
      readonly side: "min" | "max";
      readonly value: unknown;
      readonly inclusive: boolean;
    }
  | { readonly kind: "multipleOf"; readonly value: unknown }
  | { readonly kind: "numberFormat"; readonly format: string }
  /** A function: `refine`, `superRefine`, `check(fn)`, `overwrite`, `toLowerCase` … */
  | { readonly kind: "code"; readonly name: string }
  /** Something that no rule is known for. */
  | { readonly kind: "unknown"; readonly name: string }
);

/** A named string format, and what its verdict is made of. */
export interface FormatDefinition {
  readonly kind: "format";
  readonly format: string;
  /** `null`: no pattern says the same, so JavaScript code decides. */
  readonly pattern: RegExp | null;
  readonly algorithm: "luhn" | "mod97" | null;
  readonly abort: boolean;
  /** Whether the user wrote the pattern, so that it is worth looking for trouble in it. */
  readonly userWritten: boolean;
  /** `y` and `g` keep state between calls of `z.stringFormat`'s own test. */
  readonly stateful: boolean;
}

export interface PropertyDefinition {
  readonly name: string;
  readonly schema: Handle;
}

export type SchemaDefinition =
  | { readonly kind: "string"; readonly checks: readonly CheckDefinition[]; readonly format: string | null }
  | {
      readonly kind: "templateLiteral";
      readonly format: string;
      readonly pattern: RegExp;
    }
  | { readonly kind: "number"; readonly checks: readonly CheckDefinition[] }
  | { readonly kind: "boolean" }
  | { readonly kind: "null" }
  | { readonly kind: "never" }
  | { readonly kind: "json"; readonly source: "any" | "unknown" | "json" }
  | { readonly kind: "literal"; readonly source: "literal" | "enum"; readonly values: readonly unknown[] }
  | { readonly kind: "array"; readonly element: Handle; readonly checks: readonly CheckDefinition[] }
  | { readonly kind: "tuple"; readonly items: readonly Handle[]; readonly rest: Handle | null }
  | {
      readonly kind: "object";
      readonly properties: readonly PropertyDefinition[];
      /** Keys that no JSON object can have: symbols, and a `__proto__` that replaced the shape's prototype. */
      readonly impossibleKeys: readonly string[];
      readonly catchall: Handle | null;
    }
  | {
      readonly kind: "record";
      readonly key: Handle;
      readonly value: Handle;
      readonly partial: boolean;
      readonly loose: boolean;
      /** Every value that the key schema accepts, where it can say. */
      readonly names: readonly unknown[] | null;
    }
  | { readonly kind: "union"; readonly options: readonly Handle[]; readonly exclusive: boolean }
  | {
      readonly kind: "discriminatedUnion";
      readonly discriminator: string;
      readonly fallback: boolean;
      readonly options: readonly { readonly schema: Handle; readonly values: readonly unknown[] }[];
    }
  | { readonly kind: "intersection"; readonly left: Handle; readonly right: Handle }
  | {
      readonly kind: "wrapper";
      readonly wrapper:
        | "optional"
        | "exactOptional"
        | "nullable"
        | "nonoptional"
        | "readonly"
        | "default"
        | "prefault"
        | "lazy";
      readonly inner: Handle;
    }
  | { readonly kind: "pipe"; readonly from: Handle; readonly into: Handle }
  /** JavaScript code: `transform`, `preprocess`, `codec`, `custom`, `instanceof` … `name` is what it is called. */
  | { readonly kind: "code"; readonly name: string }
  | { readonly kind: "coerced"; readonly type: string }
  /** `.catch()` and `z.success()`. */
  | { readonly kind: "replacing"; readonly name: string }
  /** `z.date()`, `z.bigint()` … */
  | { readonly kind: "notJson"; readonly type: string }
  /** A kind, check or option that no rule is known for. */
  | { readonly kind: "unknown"; readonly what: string }
  /** A getter or `z.lazy` that throws, or that leads only to itself. */
  | { readonly kind: "broken"; readonly why: string };

export type Verdict =
  | { readonly valid: true; readonly value: unknown }
  | { readonly valid: false; readonly code: string };

/** What zod's registry knows about a schema, unchecked. */
export interface Metadata {
  readonly id?: unknown;
  readonly title?: unknown;
  readonly description?: unknown;
  readonly deprecated?: unknown;
  readonly examples?: unknown;
}

/** How the model asks about a schema. */
export interface SchemaReader {
  isSchema(value: unknown): value is Handle;
  define(schema: Handle): SchemaDefinition;
  /** Checks of a schema that takes none here (`z.object(…).refine(…)`); empty for strings, numbers and arrays. */
  strayChecks(schema: Handle): readonly CheckDefinition[];
  /** The same for a schema and its clones by `.describe()` and `.meta()`. */
  identity(schema: Handle): Handle;
  metadata(schema: Handle): Metadata;
  meaning(schema: Handle): StringMeaning | undefined;
  /** What zod says to a value. */
  parse(schema: Handle, value: unknown): Verdict;
  /** What zod makes of `{}`, were the schema the only property of an object: the key's value, its absence, or an issue. */
  parseAbsent(
    schema: Handle,
  ):
    | { readonly kind: "omitted" }
    | { readonly kind: "value"; readonly value: unknown }
    | { readonly kind: "issue"; readonly code: string };
  /** Whether an item of a tuple may be missing, and whether something takes its place. */
  omission(schema: Handle): "required" | "optional" | "replaced";
  /** Where the schema was made; of a chain, the call that made this link. */
  position(handle: Handle): SourcePosition | undefined;
  /** The place at an offset in a text that stands in the source behind the handle's position, if it does. */
  positionInside(handle: Handle, text: string, offset: number): SourcePosition | undefined;
  /** Where a property is written in the object that the call behind the handle was given, if it stands there. */
  positionOfProperty(handle: Handle, path: readonly string[], given: unknown): SourcePosition | undefined;
  /** Where the chain that the schema ends begins: `z.date()` of `z.date().describe("…")`. */
  origin(schema: Handle): SourcePosition | undefined;
}
