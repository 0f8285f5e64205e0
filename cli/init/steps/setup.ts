import { join } from "node:path";
import { installCommand } from "../app/packages.js";
import { withoutComments } from "../app/ruby-source.js";
import { findLine, indentationOf, insertLines } from "../files/lines.js";
import { readIfFile } from "../files/read.js";
import type { Plan, Step } from "../step.js";

const path = "bin/setup";
/** Through a shell, or with each word on its own: `system "yarn", "install"`. */
const installs = /\b(?:npm|pnpm|bun)["',\s]+(?:ci|i|install)\b|\byarn\b/;
/** As Rails has written it in every version since 5.0. */
const bundles = /^\s*system\("bundle check"\) \|\| system!\("bundle install"\)\s*$/;
const bundlesInShell = /^(?:bundle check.*\|\| *)?bundle install\b[^\\]*$/;

/** Whoever clones the application gets its packages with its gems. Where Rails came with Node, it has written that itself. */
export function setupSteps({ app, packageManager }: Plan): readonly Step[] {
  const script = withoutComments(readIfFile(join(app.root, path)) ?? "");
  if (!/\bbundle\b/.test(script) || installs.test(script)) return [];
  const install = installCommand(packageManager);
  return [
    {
      kind: "file",
      path,
      content: null,
      without: "a fresh clone has no gateway until somebody runs it",
      edit(text) {
        const isShell = /^#!.*\b(?:ba|da|z)?sh\b/.test(text);
        const at = findLine(text, isShell ? bundlesInShell : bundles);
        if (at < 0) return { kind: "by hand", path, where: "where it installs gems", lines: [install] };
        const line = isShell ? install : `system!("${install}")`;
        const comment = "# Install JavaScript dependencies";
        const indentation = indentationOf(text, at);
        return insertLines(text, at + 1, ["", indentation + comment, indentation + line]);
      },
    },
  ];
}
