import { channels } from "./catalogue/channels.js";
import type { CatalogueEntry } from "./catalogue/entry.js";
import { loading } from "./catalogue/loading.js";
import { names } from "./catalogue/names.js";
import { notes } from "./catalogue/notes.js";
import { patterns } from "./catalogue/patterns.js";
import { schemas } from "./catalogue/schemas.js";

export type { CatalogueEntry } from "./catalogue/entry.js";

/**
 * Every diagnostic that codegen can give. A code is never reused for something else. A code without its entry does not
 * compile: {@link DiagnosticCode} is made from what is here, and a diagnostic can bear no other.
 */
export const catalogue = {
  ...loading,
  ...channels,
  ...schemas,
  ...names,
  ...patterns,
  ...notes,
} as const satisfies Record<string, CatalogueEntry>;

export type DiagnosticCode = keyof typeof catalogue;
