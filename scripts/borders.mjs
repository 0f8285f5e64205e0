// @ts-check
// `npm run borders`: whether imports keep to the borders of docs/design.md §3. The rules: .dependency-cruiser.mjs.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { cruise } from "dependency-cruiser";
import extractTSConfig from "dependency-cruiser/config-utl/extract-ts-config";
import configuration from "../.dependency-cruiser.mjs";

const { values } = parseArgs({
  options: { root: { type: "string", default: fileURLToPath(new URL("..", import.meta.url)) } },
});
process.chdir(values.root);

const folders = ["runtime", "codegen", "cli", "schema", "handlers", "generated"];

/** @param {string} folder @returns {string[]} the TypeScript files in it, relative to the root */
const filesOf = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true, encoding: "utf8" })
    .filter((entry) => entry.isFile() && /\.ts$/.test(entry.name))
    .map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll("\\", "/"));
const present = readdirSync(".", { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() && folders.includes(entry.name) ? [entry.name] : [],
);
const files = present.flatMap(filesOf);

const { forbidden = [], options } = configuration;
const { output } = await cruise(present, { ...options, validate: true, ruleSet: { forbidden } }, undefined, {
  tsConfig: extractTSConfig("tsconfig.json"),
});
if (typeof output === "string") throw new Error(output);

// A checker that does not understand the installed TypeScript sees no module, and passes: so what it saw is counted.
const seen = new Set(output.modules.map(({ source }) => source));
const unseen = files.filter((file) => !seen.has(file));
const { violations } = output.summary;

for (const { from, to, rule } of violations) {
  const comment = forbidden.find(({ name }) => name === rule.name)?.comment;
  console.error(`${from} → ${to}\n  ${rule.name}: ${comment}`);
}
for (const file of unseen) console.error(`${file} was not seen by the checker`);
if (violations.length > 0 || unseen.length > 0 || files.length === 0) {
  console.error(
    `${violations.length} imports over a border, ${unseen.length} of ${files.length} files not seen.`,
  );
  process.exit(1);
}
console.log(
  `${files.length} modules and ${output.summary.totalDependenciesCruised} imports within their borders.`,
);
