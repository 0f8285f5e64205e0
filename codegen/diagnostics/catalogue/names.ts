import type { CatalogueEntry } from "./entry.js";

/** SB13xx: names of fields and types, and what documents them. */
export const names = {
  SB1301: {
    title: "A field name that every object already has",
    cause: "zod reads input[key], which finds Object.prototype's own member where the key is missing.",
    fix: "Rename the field.",
  },
  SB1302: {
    title: "Two fields of one object meet in snake_case",
    cause: "Ruby's keywords are the snake_case of the fields, and these two become one.",
    fix: "Rename one of them.",
  },
  SB1303: {
    title: "A type's name is not usable",
    cause: "The id gives no identifier, or two different schemas have it.",
    fix: 'Give each schema its own UpperCamelCase id: .meta({ id: "Message" }).',
  },
  SB1304: {
    title: "Text that is not well-formed Unicode",
    cause: "Half of a surrogate pair cannot be held by a Ruby string.",
    fix: "Write the whole character.",
  },
  SB1305: {
    title: "Documentation that cannot be printed",
    cause:
      "Titles and descriptions are text, `deprecated` is a boolean or text, `examples` is a list of JSON values.",
    fix: "Correct the .meta({ … }) that the message names.",
  },
} as const satisfies Record<string, CatalogueEntry>;
