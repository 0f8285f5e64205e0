/** Every kind of node that the model has, each in a field of its own. */
import { channel, wire } from "signalbox";
import { z } from "zod";

export const Strings = z.object({
  bounded: z.string().min(1).max(40),
  exact: z.string().length(3),
  affixes: z.string().startsWith("a.b").endsWith("(c)").includes("/"),
  trimmed: z.string().trim().min(1),
  matched: z.string().regex(/^[a-z]+-\d{2}$/),
  flagged: z.string().regex(/^ünï$/iu),
  lower: z.string().lowercase(),
  email: z.email(),
  uuid: z.uuid(),
  instant: z.iso.datetime(),
  offset: z.iso.datetime({ offset: true }),
  day: z.iso.date(),
  clock: z.iso.time(),
  span: z.iso.duration(),
  ipv4: z.ipv4(),
  ipv6: z.ipv6(),
  base64: z.base64(),
  card: z.creditCard(),
  iban: z.iban(),
});

export const Numbers = z.object({
  anyNumber: z.number(),
  integer: z.int(),
  int32: z.int32(),
  between: z.number().gt(-1).lt(1),
  atLeast: z.number().min(0).max(100),
  step: z.number().multipleOf(0.05),
});

export const Scalars = z.object({
  yes: z.boolean(),
  nothing: z.null(),
  one: z.literal("one"),
  mixed: z.literal(["a", 1, -2.5, true, null]),
  colour: z.enum(["red", "green", "blue"]),
  maybe: z.string().nullable(),
  piped: z.string().pipe(z.enum(["x", "y"])),
});

/** zod says less of these than the generated types do. */
export const Loose = z.object({
  any: z.any(),
  unknown: z.unknown(),
  json: z.json(),
  open: z.looseObject({ kind: z.string() }),
});
export const Caught = z.object({ kind: z.string() }).catchall(z.number());

/** Text that means something: branded for receivers, plain for senders. */
export const Meanings = z.object({
  at: wire.timestamp(),
  on: wire.date(),
  price: wire.decimal({ precision: 10, scale: 2 }),
  big: wire.bigint(),
  url: wire.url().nullable(),
  id: wire.id(),
  row: wire.id("integer"),
  key: wire.id("uuid"),
});

export const Absences = z.object({
  optional: z.string().optional(),
  both: z.string().nullish(),
  defaulted: z.int().default(7),
  prefaulted: z.string().trim().prefault("x"),
  listed: z.array(z.string()).default([]),
});

export const Collections = z.object({
  list: z.array(z.int()).min(1).max(5),
  nested: z.array(z.array(z.union([z.string(), z.null()]))),
  pair: z.tuple([z.string(), z.int()]),
  tail: z.tuple([z.string(), z.int().optional()]),
  many: z.tuple([z.string()], z.boolean()),
  byName: z.record(z.string().regex(/^k\d+$/), z.number()),
  byColour: z.record(z.enum(["red", "green"]), z.int()),
  someColours: z.partialRecord(z.enum(["red", "green"]), z.int()),
});

export const Circle = z.object({ shape: z.literal("circle"), radius: z.number().positive() });
export const Square = z.object({ shape: z.literal("square"), side: z.number().positive() });
export const Shape = z.discriminatedUnion("shape", [Circle, Square]).describe("A circle or a square.");

export const Combined = z.object({
  shape: Shape,
  either: z.union([z.string(), z.int(), z.array(z.string())]),
  strict: z.strictObject({ a: z.string() }),
  both: z.intersection(z.object({ left: z.string() }), z.object({ right: z.int() })),
  empty: z.object({}),
});

export interface TreeShape {
  name: string;
  children: TreeShape[];
  parent?: TreeShape | null | undefined;
}
export const Tree: z.ZodType<TreeShape, TreeShape> = z.object({
  name: z.string(),
  get children() {
    return z.array(Tree);
  },
  get parent() {
    return Tree.nullish();
  },
});

export const values = channel("values", {
  access: "public",
  delivery: "ephemeral",
  events: {
    strings: Strings,
    numbers: Numbers,
    scalars: Scalars,
    loose: Loose,
    meanings: Meanings,
    caught: Caught,
    absences: Absences,
    collections: Collections,
    combined: Combined,
    tree: Tree,
    text: z.string(),
    list: z.array(z.int()),
    choice: z.enum(["on", "off"]),
    shape: Shape,
  },
});
