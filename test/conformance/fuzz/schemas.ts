import fc from "fast-check";
import { anything, constants, numbers, type Sketch, strings } from "./leaves.js";
import type { Random } from "./random.js";

const KEYS = ["a", "b", "c", "userId", "1", "0", "x-y", "length", "é", "class", "value"] as const;

const key = fc.constantFrom(...KEYS);
const name = (text: string) => JSON.stringify(text);

/** How a property is there: always, perhaps, or with a value in its place. */
const modes = fc.constantFrom(
  "",
  "",
  "",
  ".optional()",
  ".nullish()",
  ".nullable()",
  ".exactOptional()",
  ".default",
  ".prefault",
  ".readonly()",
);

interface Property {
  readonly key: string;
  readonly sketch: Sketch;
  readonly mode: string;
}

/** Defaults are for schemas whose valid values are known. */
const DEFAULTS: readonly { readonly source: string; readonly value: string }[] = [
  { source: "z.string()", value: '"d"' },
  { source: "z.int()", value: "7" },
  { source: "z.boolean()", value: "false" },
  { source: "z.array(z.string())", value: '["x"]' },
  { source: "z.object({ q: z.int() })", value: "{ q: 1 }" },
  { source: "z.number().nullable()", value: "null" },
];

function propertySource({ key: own, sketch, mode }: Property, index: number): string {
  if (mode === ".default" || mode === ".prefault") {
    const { source, value } = DEFAULTS[index % DEFAULTS.length] ?? { source: "z.string()", value: '"d"' };
    return `${name(own)}: ${source}${mode}(${value})`;
  }
  return `${name(own)}: ${sketch.source}${mode}`;
}

function objectValue(properties: readonly Property[], strict: boolean) {
  return (random: Random): Map<string, unknown> => {
    const members = properties.flatMap(({ key: own, sketch, mode }) => {
      if (
        random.chance(
          mode.includes("ptional") || mode.includes("fault") || mode === ".nullish()" ? 0.5 : 0.04,
        )
      )
        return [];
      if (mode.startsWith(".null") && random.chance(0.3)) return [[own, null] as const];
      if (random.chance(0.03)) return [[own, null] as const];
      if (mode.includes("fault"))
        return [[own, random.pick(["d", 7, true, ["y"], new Map([["q", 2]])])] as const];
      return [[own, sketch.value(random)] as const];
    });
    if (random.chance(strict ? 0.1 : 0.3))
      members.push([
        random.pick(["z", "__proto__", "constructor", "2", "toString", "user_id"]),
        anything(random),
      ]);
    if (random.chance(0.1)) members.reverse();
    return new Map(members);
  };
}

const TAGS = ['"a"', '"b"', "1", "true", "null", '"c"'] as const;

/** The value of a schema, or now and then anything at all. */
const nearly = (sketch: Sketch): Sketch => ({
  source: sketch.source,
  value: (random) => (random.chance(0.06) ? anything(random) : sketch.value(random)),
});

const lengths = fc.constantFrom(
  "",
  "",
  ".min(1)",
  ".max(2)",
  ".length(2)",
  ".nonempty()",
  ".min(1).max(2)",
  ".max(3).min(2)",
  ".min(3)",
);

interface Tied {
  readonly schema: Sketch;
  readonly object: Sketch & { readonly properties: readonly Property[] };
}

const { schema: schemas } = fc.letrec<Tied>((tie: fc.LetrecTypedTie<Tied>) => ({
  schema: fc
    .oneof(
      { maxDepth: 3, withCrossShrink: true },
      { arbitrary: fc.oneof(strings, numbers, constants), weight: 5 },
      { arbitrary: tie("object"), weight: 5 },
      { arbitrary: arraySketch(tie("schema")), weight: 2 },
      { arbitrary: tupleSketch(tie("schema")), weight: 2 },
      { arbitrary: recordSketch(tie("schema")), weight: 2 },
      { arbitrary: unionSketch(tie("schema")), weight: 2 },
      { arbitrary: discriminatedSketch(tie("object")), weight: 2 },
      { arbitrary: intersectionSketch(tie("schema")), weight: 1 },
      { arbitrary: recursiveSketch(tie("schema")), weight: 1 },
      {
        arbitrary: tie("schema").map((inner) => ({
          source: `${inner.source}.nullable()`,
          value: (random: Random) => (random.chance(0.2) ? null : inner.value(random)),
        })),
        weight: 1,
      },
    )
    .map(nearly),
  object: fc
    .tuple(
      fc.constantFrom("object", "object", "object", "strictObject", "looseObject", "catchall"),
      fc.uniqueArray(fc.record({ key, sketch: tie("schema"), mode: modes }), {
        selector: (each) => each.key,
        maxLength: 4,
      }),
      tie("schema"),
    )
    .map(([kind, properties, other]) => {
      const shape = `{ ${properties.map(propertySource).join(", ")} }`;
      const source =
        kind === "catchall" ? `z.object(${shape}).catchall(${other.source})` : `z.${kind}(${shape})`;
      return { source, properties, value: objectValue(properties, kind === "strictObject") };
    }),
}));

function arraySketch(element: fc.Arbitrary<Sketch>): fc.Arbitrary<Sketch> {
  return fc.tuple(element, lengths).map(([item, checks]) => ({
    source: `z.array(${item.source})${checks}`,
    value: (random) => Array.from({ length: random.below(4) }, () => item.value(random)),
  }));
}

function tupleSketch(element: fc.Arbitrary<Sketch>): fc.Arbitrary<Sketch> {
  return fc
    .tuple(
      fc.array(element, { minLength: 1, maxLength: 3 }),
      fc.nat({ max: 2 }),
      fc.option(element, { nil: null }),
    )
    .map(([items, optional, rest]) => {
      const parts = items.map(
        (item, index) => item.source + (index >= items.length - optional && index > 0 ? ".optional()" : ""),
      );
      return {
        source: `z.tuple([${parts.join(", ")}]${rest ? `, ${rest.source}` : ""})`,
        value: (random) => {
          const size = Math.max(0, items.length + random.below(5) - 2);
          return Array.from(
            { length: size },
            (_, index) => (items[index] ?? rest ?? items[0])?.value(random) ?? null,
          );
        },
      };
    });
}

function recordSketch(element: fc.Arbitrary<Sketch>): fc.Arbitrary<Sketch> {
  const keySchemas = fc.constantFrom(
    { source: "z.string()", open: true },
    { source: "z.string().min(1).max(3)", open: true },
    { source: "z.string().regex(/^[a-z]+$/)", open: true },
    { source: 'z.templateLiteral(["k", z.int()])', open: true },
    { source: 'z.enum(["a", "b", "1"])', open: false },
    { source: 'z.literal(["a", "é"])', open: false },
  );
  return fc.tuple(keySchemas, element, fc.boolean()).map(([keys, item, partial]) => ({
    source: `z.${partial && !keys.open ? "partialRecord" : "record"}(${keys.source}, ${item.source})`,
    value: (random) => {
      const pool = keys.open
        ? ["a", "bc", "2", "10", "1", "k1", "k", "__proto__", "", "é", "constructor"]
        : ["a", "b", "1", "é"];
      const members = pool.flatMap((each) =>
        random.chance(keys.open ? 0.25 : 0.85) ? [[each, item.value(random)] as const] : [],
      );
      if (random.chance(0.1)) members.push([random.pick(["z", "__proto__", "9"]), item.value(random)]);
      return new Map(members);
    },
  }));
}

function unionSketch(element: fc.Arbitrary<Sketch>): fc.Arbitrary<Sketch> {
  return fc.array(element, { minLength: 1, maxLength: 3 }).map((options) => ({
    source: `z.union([${options.map((option) => option.source).join(", ")}])`,
    value: (random) => random.pick(options).value(random),
  }));
}

function discriminatedSketch(
  objects: fc.Arbitrary<Sketch & { readonly properties: readonly Property[] }>,
): fc.Arbitrary<Sketch> {
  return fc.array(objects, { minLength: 1, maxLength: 3 }).map((options) => {
    const branches = options.map((option, index) => ({
      tag: TAGS[index] ?? '"z"',
      source: option.source.replace(/\{ /, `{ kind: z.literal(${TAGS[index] ?? '"z"'}), `),
      value: option.value,
    }));
    return {
      source: `z.discriminatedUnion("kind", [${branches.map((branch) => branch.source).join(", ")}])`,
      value: (random) => {
        const branch = random.pick(branches);
        const value = branch.value(random);
        const tag: unknown = random.chance(0.9) ? JSON.parse(branch.tag) : random.pick(["z", 2, null]);
        if (value instanceof Map && random.chance(0.97)) value.set("kind", tag);
        return value;
      },
    };
  });
}

function intersectionSketch(element: fc.Arbitrary<Sketch>): fc.Arbitrary<Sketch> {
  return fc.tuple(element, element).map(([left, right]) => ({
    source: `z.intersection(z.object({ a: ${left.source} }), z.object({ b: ${right.source}, c: z.int().optional() }))`,
    value: (random) => {
      const members = new Map<string, unknown>();
      if (random.chance(0.95)) members.set("a", left.value(random));
      if (random.chance(0.95)) members.set("b", right.value(random));
      if (random.chance(0.2)) members.set("c", random.below(3));
      if (random.chance(0.1)) members.set("z", 1);
      return members;
    },
  }));
}

function recursiveSketch(element: fc.Arbitrary<Sketch>): fc.Arbitrary<Sketch> {
  return element.map((inner) => ({
    source: `(() => { const T = z.object({ v: ${inner.source}, get next() { return T.nullable().optional(); }, get all() { return z.array(T).max(2).optional(); } }); return T; })()`,
    value: (random) => {
      const node = (depth: number): Map<string, unknown> => {
        const members = new Map<string, unknown>([["v", inner.value(random)]]);
        if (depth < 3 && random.chance(0.5)) members.set("next", random.chance(0.2) ? null : node(depth + 1));
        if (depth < 3 && random.chance(0.4))
          members.set(
            "all",
            Array.from({ length: random.below(4) }, () => node(depth + 1)),
          );
        return members;
      };
      return node(0);
    },
  }));
}

/** Schemas over the whole model. Some of them codegen refuses, rightly. */
export { schemas };
