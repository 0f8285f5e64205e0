import type { CatalogueEntry } from "./entry.js";

/** SB15xx: worth knowing; nothing is wrong. */
export const notes = {
  SB1501: {
    title: "z.compile falls back to the interpreter",
    cause:
      "zod compiles no schema that refers to itself, nor z.json(): the gateway validates this message about five times more slowly.",
    fix: "Nothing has to be done. Where speed matters, limit the depth and write it out.",
  },
} as const satisfies Record<string, CatalogueEntry>;
