/**
 * The contract model: what every printer reads. Frozen plain objects, a `kind` on each; nothing of zod is left in it.
 *
 * A node says what JSON is accepted and what it becomes, exactly as the installed zod does. Printers switch over
 * `kind` and end in `satisfies never`, so that a new kind does not compile until each of them knows it.
 */

import type { SourcePosition } from "../diagnostics/position.js";

export type { SourcePosition } from "../diagnostics/position.js";

/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** `.describe()` and `.meta()`: for documentation only, no part of the fingerprint. */
export interface Documentation {
  readonly title?: string;
  readonly description?: string;
  /** `true`, or the reason and what to use instead. */
  readonly deprecated?: boolean | string;
  readonly examples?: readonly Json[];
}

/** A regular expression as JavaScript has it. */
export interface JavaScriptPattern {
  readonly source: string;
  readonly flags: string;
}

/** One check of a string, in the order in which zod runs them. Lengths count code points. */
export type StringCheck =
  | { readonly kind: "minLength"; readonly value: number }
  | { readonly kind: "maxLength"; readonly value: number }
  | { readonly kind: "exactLength"; readonly value: number }
  | { readonly kind: "startsWith"; readonly value: string }
  | { readonly kind: "endsWith"; readonly value: string }
  | { readonly kind: "includes"; readonly value: string }
  /** `format` is zod's name for it, as in the issue (`email`, `datetime`, `regex`, `lowercase` …). */
  | {
      readonly kind: "pattern";
      readonly format: string;
      readonly pattern: JavaScriptPattern;
      readonly abort: boolean;
    }
  /** A format whose verdict is more than its pattern: pattern first, then the algorithm. */
  | {
      readonly kind: "checksum";
      readonly format: string;
      readonly pattern: JavaScriptPattern;
      readonly algorithm: "luhn" | "mod97";
      readonly abort: boolean;
    };

/** What a string stands for on the Ruby and TypeScript side; the wire does not change (`wire.timestamp()` …). */
export type StringMeaning = "timestamp" | "date" | "decimal" | "bigint" | "url" | "id";

export interface StringNode {
  readonly kind: "string";
  /** White space is cut off at both ends (ECMAScript's set) before any check. */
  readonly trim: boolean;
  readonly checks: readonly StringCheck[];
  /** zod's name of a top-level format (`z.email()`): what printers may say the type is. Absent for `z.string()`. */
  readonly format?: string;
  readonly meaning?: StringMeaning;
}

/** One check of a number, in zod's order. All comparisons are made on the double. */
export type NumberCheck =
  | { readonly kind: "min"; readonly value: number; readonly inclusive: boolean }
  | { readonly kind: "max"; readonly value: number; readonly inclusive: boolean }
  | { readonly kind: "multipleOf"; readonly value: number }
  | { readonly kind: "integer"; readonly format: "safeint" | "int32" | "uint32" }
  | { readonly kind: "float"; readonly format: "float32" | "float64" };

export interface NumberNode {
  readonly kind: "number";
  /** Whether every accepted value is an integer. */
  readonly integer: boolean;
  readonly checks: readonly NumberCheck[];
  readonly meaning?: "id";
}

export interface BooleanNode {
  readonly kind: "boolean";
}

export interface NullNode {
  readonly kind: "null";
}

export interface NeverNode {
  readonly kind: "never";
}

/** `z.any()`, `z.unknown()` and `z.json()`: any JSON. */
export interface JsonNode {
  readonly kind: "json";
  readonly source: "any" | "unknown" | "json";
}

/** `z.literal` and `z.enum`: one of these values; zod reports the same issue for both. */
export interface LiteralNode {
  readonly kind: "literal";
  readonly source: "literal" | "enum";
  readonly values: readonly (string | number | boolean | null)[];
}

export interface LengthCheck {
  readonly kind: "minLength" | "maxLength" | "exactLength";
  readonly value: number;
}

export interface ArrayNode {
  readonly kind: "array";
  readonly element: WireNode;
  readonly checks: readonly LengthCheck[];
}

export interface TupleNode {
  readonly kind: "tuple";
  readonly items: readonly WireNode[];
  /** How many of `items` must be there; those after may be missing. */
  readonly required: number;
  readonly rest?: WireNode;
}

/** What happens where a key is not there at all: asked of zod, once, when the model is built. */
export type Absent =
  /** It is missing: zod's issue for `undefined`. */
  | { readonly kind: "missing" }
  /** It stays away. */
  | { readonly kind: "omitted" }
  /** `.default()` or `.prefault()`: this value takes its place, and is valid as it stands. */
  | { readonly kind: "value"; readonly value: Json };

export interface PropertyNode {
  /** The key on the wire, as written in the schema. */
  readonly name: string;
  readonly node: WireNode;
  readonly absent: Absent;
  readonly documentation: Documentation;
}

export interface ObjectNode {
  readonly kind: "object";
  readonly properties: readonly PropertyNode[];
  /** Keys outside `properties`: dropped, refused, kept as they are, or checked against a schema. */
  readonly unknownKeys:
    | { readonly kind: "strip" }
    | { readonly kind: "strict" }
    | { readonly kind: "loose" }
    | { readonly kind: "catchall"; readonly node: WireNode };
}

export interface RecordNode {
  readonly kind: "record";
  readonly keys:
    | { readonly kind: "string"; readonly node: StringNode }
    /** `exhaustive`: all must be there (`z.record(enum, …)`), else any of them (`z.partialRecord`). */
    | { readonly kind: "names"; readonly names: readonly string[]; readonly exhaustive: boolean };
  readonly value: WireNode;
}

/** The first option that accepts. */
export interface UnionNode {
  readonly kind: "union";
  readonly options: readonly WireNode[];
}

export interface DiscriminatedUnionNode {
  readonly kind: "discriminatedUnion";
  readonly discriminator: string;
  readonly options: readonly {
    readonly values: readonly (string | number | boolean | null)[];
    readonly node: WireNode;
  }[];
}

/** Two strip objects without a common key. */
export interface IntersectionNode {
  readonly kind: "intersection";
  readonly left: WireNode;
  readonly right: WireNode;
}

export interface NullableNode {
  readonly kind: "nullable";
  readonly node: WireNode;
}

/** `a.pipe(b)` of leaf schemas: `into` sees what `from` made. */
export interface PipeNode {
  readonly kind: "pipe";
  readonly from: WireNode;
  readonly into: WireNode;
}

/** A named type of {@link ContractNode.types}; the only way to recursion. */
export interface ReferenceNode {
  readonly kind: "reference";
  readonly name: string;
}

export type WireNode =
  | StringNode
  | NumberNode
  | BooleanNode
  | NullNode
  | NeverNode
  | JsonNode
  | LiteralNode
  | ArrayNode
  | TupleNode
  | ObjectNode
  | RecordNode
  | UnionNode
  | DiscriminatedUnionNode
  | IntersectionNode
  | NullableNode
  | PipeNode
  | ReferenceNode;

/** A schema that has a name of its own in every language: objects, unions of objects, enums with a name. */
export interface TypeNode {
  readonly kind: "type";
  /** UpperCamelCase, unique: `.meta({ id })`, else the exported const, else the path (`RoomTyping`). */
  readonly name: string;
  readonly node: WireNode;
  readonly documentation: Documentation;
  /** Whether what goes in and what comes out differ in type (a default, say): then senders see `…Input`. */
  readonly inputDiffers: boolean;
}

/** What one event, command or presence carries. */
export interface PayloadNode {
  readonly node: WireNode;
  /** 12 hex digits of SHA-256 over the canonical JSON of the wire nodes, references resolved. */
  readonly fingerprint: string;
}

export interface EventNode {
  readonly kind: "event";
  /** The name on the wire: `messagePosted`. */
  readonly name: string;
  readonly payload: PayloadNode;
  readonly documentation: Documentation;
}

export interface CommandNode {
  readonly kind: "command";
  readonly name: string;
  readonly input: PayloadNode;
  /** `null`: answered by an acknowledgement without a value. */
  readonly output: PayloadNode | null;
  readonly documentation: Documentation;
}

export interface ParameterNode {
  readonly kind: "parameter";
  readonly name: string;
  readonly node: StringNode | NumberNode | LiteralNode;
  readonly documentation: Documentation;
}

/** A piece of a channel's pattern. */
export type PatternSegment =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "parameter"; readonly name: string };

export interface ChannelNode {
  readonly kind: "channel";
  /** The pattern without its parameters, pieces joined by a dot: `room`, `room.thread`, `orders.created`. */
  readonly name: string;
  /** The same as an identifier: `room`, `roomThread`: `realtime.room(…)`, `handlers/room.ts`. */
  readonly identifier: string;
  /** As written: `room:{roomId}`. */
  readonly pattern: string;
  readonly segments: readonly PatternSegment[];
  /** In the order of the pattern. */
  readonly parameters: readonly ParameterNode[];
  readonly access: "public" | "session" | "signed" | "custom";
  readonly delivery: "ephemeral" | "durable" | "latest";
  readonly history: { readonly limit: number; readonly ttl: number } | null;
  readonly perUser: string | null;
  readonly events: readonly EventNode[];
  readonly commands: readonly CommandNode[];
  readonly presence: PayloadNode | null;
  readonly documentation: Documentation;
  /** Which export of which file it is, so that generated code can import it. */
  readonly source: { readonly file: string; readonly exportName: string; readonly position: SourcePosition };
}

export interface ContractNode {
  readonly kind: "contract";
  readonly zodVersion: string;
  /** Digest of zod's verdicts on fixed probes (`runtime/contract/probes.ts`): the gateway's own must be the same. */
  readonly zodProbes: string;
  /** 12 hex digits over the sorted `pattern/event/fingerprint` lines; commands and presence have theirs. */
  readonly fingerprint: string;
  /** Sorted by name. */
  readonly types: readonly TypeNode[];
  /** Sorted by name; events and commands keep the order of the schema. */
  readonly channels: readonly ChannelNode[];
}
