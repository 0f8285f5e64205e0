import type { CatalogueEntry } from "./entry.js";

/** SB12xx: zod that has no single meaning in JSON, Ruby and TypeScript. */
export const schemas = {
  SB1200: {
    title: "This is not a zod schema",
    cause: "A schema of zod 4 is expected here.",
    fix: 'Import z from "zod" and give a schema: z.object({ … }).',
  },
  SB1201: {
    title: "The type has no JSON form",
    cause: "JSON has objects, arrays, strings, finite numbers, booleans and null, and nothing else.",
    fix: "Use the form that the message names; wire.timestamp(), wire.bigint() and others carry the usual ones.",
  },
  SB1202: {
    title: "JavaScript code decides",
    cause:
      "The schema runs a function of yours, which cannot be written in Ruby, so the two sides would disagree.",
    fix: "Say it with checks that are data (min, max, regex, enum …), or check it in the handler.",
  },
  SB1203: {
    title: "A format is decided by code of the JavaScript runtime",
    cause: "zod asks the URL parser or atob, which Ruby does not have in the same form.",
    fix: "Use wire.url(), or z.string().regex(…) with the pattern that you need.",
  },
  SB1204: {
    title: "Invalid data would be replaced silently",
    cause:
      "`.catch()` and z.success() accept everything, so an invalid payload would be published as something else.",
    fix: "Remove it; use .default() for a value that may be left out.",
  },
  SB1205: {
    title: "A value is cut after it was checked",
    cause: "A payload is parsed on every hop; what `.trim()` makes of it must pass the same checks again.",
    fix: "Put .trim() first: z.string().trim().min(2).",
  },
  SB1206: {
    title: "A union rewrites what it accepts",
    cause:
      "Two options accept the same kind of JSON and one of them drops or changes something, so that the next hop may choose another option.",
    fix: "Use z.discriminatedUnion(…), or z.strictObject(…) for the options.",
  },
  SB1207: {
    title: "z.xor has no stable meaning here",
    cause:
      "After keys are dropped or text is cut, more than one option can match, and the next hop refuses the payload.",
    fix: "Use z.discriminatedUnion(…) or z.union([…]).",
  },
  SB1208: {
    title: "A default value is not valid",
    cause:
      "zod does not check defaults. This one is not JSON, not always the same, or not accepted by its own schema.",
    fix: "Give a constant that the schema accepts and does not change.",
  },
  SB1209: {
    title: "`.pipe()` from or into a composite schema",
    cause: "zod loses issues of objects in a pipe, so invalid data could pass.",
    fix: "Pipe only between strings, numbers, booleans, literals and enums; otherwise write one schema.",
  },
  SB1210: {
    title: "An intersection that is not of two plain objects with different keys",
    cause: "zod neutralises strict objects in intersections and throws where both sides have a key.",
    fix: "Use .extend(): A.extend(B.shape).",
  },
  SB1211: {
    title: "A tuple whose length zod does not check as written",
    cause:
      "Items that may be missing must come last, must not have defaults, and none before a rest may accept everything.",
    fix: "Put optional items last, remove defaults, or use an object.",
  },
  SB1212: {
    title: "A record with keys that zod rewrites or does not check",
    cause: "Keys must be strings that are taken as they are, and each value must be a value of JSON.",
    fix: "Use z.record(z.string(), …), z.record(z.enum([…]), …) or z.partialRecord(z.enum([…]), …).",
  },
  SB1213: {
    title: "A discriminated union without a clear discriminator",
    cause: "Each option must be an object whose discriminator is a required string, number, boolean or null.",
    fix: "Give each option a required z.literal(…) and leave out unionFallback.",
  },
  SB1214: {
    title: "A value that cannot be left out is optional",
    cause:
      "JSON has no undefined: only the properties of an object and the last items of a tuple can be missing.",
    fix: "Remove .optional(); use .nullable() for null, or z.partialRecord(…) for keys that may be missing.",
  },
  SB1215: {
    title: "Something that codegen does not know",
    cause:
      "The installed zod has a check or an option that Ruby's side has no rule for; leaving it out would accept invalid data.",
    fix: "Use another check, or report it with the schema.",
  },
  SB1216: {
    title: "A literal that is not JSON",
    cause: "The values of literals and enums are well-formed strings, finite numbers, booleans and null.",
    fix: "Remove the value that the message names.",
  },
  SB1217: {
    title: "A bound that is not a number",
    cause: "Bounds and steps are finite numbers that some value can meet.",
    fix: "Give a finite number.",
  },
  SB1218: {
    title: "Coercion is a step of its own",
    cause:
      "z.coerce accepts everything that JavaScript can convert, which no other language does in the same way.",
    fix: "Use the schema without coerce; Ruby converts Time, Symbol and the like before it validates.",
  },
  SB1219: {
    title: "A schema without an end",
    cause:
      "The schema refers to itself before it accepts anything, makes a new schema each time, or accepts no finite value.",
    fix: "Name the schema once and refer to it through an optional, nullable, array or union.",
  },
} as const satisfies Record<string, CatalogueEntry>;
