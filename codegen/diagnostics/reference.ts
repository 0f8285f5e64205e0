import { catalogue } from "./catalogue.js";

const areas: Readonly<Record<string, string>> = {
  SB10: "Loading",
  SB11: "Channels",
  SB12: "Schemas",
  SB13: "Names and documentation",
  SB14: "Regular expressions",
  SB15: "Notes",
};

/** `docs/diagnostics.md`, made from the catalogue. A test holds the file to it. */
export function diagnosticsReference(): string {
  const entries = Object.entries(catalogue);
  const prefixes = [...new Set(entries.map(([code]) => code.slice(0, 4)))];
  const sections = prefixes.map((prefix) => {
    const rows = entries
      .filter(([code]) => code.startsWith(prefix))
      .map(([code, { title, cause, fix }]) => `### ${code}: ${title}\n${cause}\n\n**Instead:** ${fix}\n`);
    return `## ${areas[prefix] ?? prefix}\n\n${rows.join("\n")}`;
  });
  return `${head}\n${sections.join("\n")}`;
}

const head = `# Diagnostics
What codegen can find, by its code. A code keeps its meaning for ever. An *error* stops codegen and leaves the disk as it
was; a *warning* and a *note* change nothing. Each finding names the file, line and column, what is wrong there and what
to write instead. This page is made from \`codegen/diagnostics/catalogue/\`.
`;
