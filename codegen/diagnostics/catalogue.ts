/** What a code means, for the docs and for `signalbox explain`. */
export interface CatalogueEntry {
  readonly title: string;
  readonly cause: string;
  readonly fix: string;
}

/** Every diagnostic that codegen can give. A code is never reused for something else. */
export const catalogue = {
  SB1001: {
    title: "A schema file cannot be loaded",
    cause: "The file does not compile, or throws while it is loaded.",
    fix: "Mend what the message names; codegen changes nothing until the whole contract loads.",
  },
} as const satisfies Record<string, CatalogueEntry>;

export type DiagnosticCode = keyof typeof catalogue;
