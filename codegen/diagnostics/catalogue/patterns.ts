import type { CatalogueEntry } from "./entry.js";

/** SB14xx: regular expressions. */
export const patterns = {
  SB1401: {
    title: "A pattern can take exponential time",
    cause:
      "A short text makes the regular expression try a number of ways that doubles with every character: a denial of service.",
    fix: "Rewrite it so that no two repetitions can match the same text, or bound the length with .max(…) before it.",
  },
  SB1402: {
    title: "A pattern means something else in Ruby",
    cause: "Ruby's engine has no construct with exactly this meaning.",
    fix: "Write the pattern without the construct that the message names.",
  },
  SB1403: {
    title: "A pattern was too much to judge",
    cause: "Whether the regular expression can take exponential time could not be found out quickly.",
    fix: "Nothing has to be done. A simpler pattern, or .max(…) before it, is the safe side.",
  },
} as const satisfies Record<string, CatalogueEntry>;
