import type { CatalogueEntry } from "./entry.js";

/** SB10xx: the configuration and the schema folder could not be read as a contract. */
export const loading = {
  SB1001: {
    title: "A schema file cannot be loaded",
    cause: "The file does not compile, or imports something that cannot be found.",
    fix: "Mend what the message names; codegen changes nothing until the whole contract loads.",
  },
  SB1002: {
    title: "A schema file throws while it is loaded",
    cause: "Codegen runs the schema files to read the contract, and the code at this place threw.",
    fix: "A schema file only declares: move what can fail (environment, network, files) out of it.",
  },
  SB1003: {
    title: "The schema folder cannot be read",
    cause: "The folder that `schema` in signalbox.config.ts names is not there, or is not a folder.",
    fix: "Create the folder, or correct `schema` in signalbox.config.ts.",
  },
  SB1004: {
    title: "The schema folder has no channel",
    cause: "No file of the folder exports what `channel(…)` returns.",
    fix: 'Export one: export const room = channel("room:{roomId}", { … }).',
  },
  SB1005: {
    title: "A channel is not exported",
    cause:
      "Generated code imports each channel from its file, so a channel that is not exported does not exist for it.",
    fix: "Write `export const` before it, or delete it.",
  },
  SB1006: {
    title: "There are two copies of zod",
    cause: "Schemas of one copy and checks of the other would be run by different code.",
    fix: "Install one version of zod for the whole project (`npm ls zod` shows who brings the second).",
  },
  SB1007: {
    title: "This version of zod is not supported",
    cause:
      "What zod accepts has changed between its minor versions; Ruby's side is exact for the versions named.",
    fix: "Install the version that the message names.",
  },
  SB1008: {
    title: "There is no configuration",
    cause: "No signalbox.config.ts was found.",
    fix: "Run the command in the project's root, or name the file with --config.",
  },
  SB1009: {
    title: "The configuration is not valid",
    cause: "signalbox.config.ts does not export what defineConfig(…) takes.",
    fix: "Correct the option that the message names.",
  },
} as const satisfies Record<string, CatalogueEntry>;
