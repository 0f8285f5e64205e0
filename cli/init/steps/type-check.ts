import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { readIfFile } from "../files/read.js";
import type { ByHand, Plan, Step } from "../step.js";
import { typescriptFolder } from "./contract.js";

const path = "package.json";

/** What `realtime/tsconfig.json` needs. Older compilers do as well, so whatever is there already stays. */
const packages: Readonly<Record<string, string>> = { "@types/node": "^20", typescript: "^6.0.3" };

/** What checks handlers and `gateway.ts` by the generated types; `null` where the project has a layout of its own. */
export function typeCheckCommand({ layout }: Plan): string | null {
  const folder = typescriptFolder(layout);
  return folder === null ? null : `npx tsc -p ${folder}`;
}

/** The compiler, for development: nothing that is generated or runs needs it. */
export function typeCheckSteps(plan: Plan): readonly Step[] {
  const { root } = plan.app;
  const command = typeCheckCommand(plan);
  const missing = Object.entries(packages).filter(
    ([name]) => !manifestsFrom(root).some((manifest) => declares(manifest, name)),
  );
  if (command === null || missing.length === 0) return [];
  const byHand = (where: string): ByHand => ({
    kind: "by hand",
    path,
    where: `in devDependencies${where}`,
    lines: missing.map(([name, range]) => `${JSON.stringify(name)}: ${JSON.stringify(range)}`),
  });
  if (!existsSync(join(root, path))) return [byHand(" of the one that has signalbox: here is none")];
  return [
    {
      kind: "file",
      path,
      content: null,
      without: `there is no compiler for ${command}, which CI runs`,
      edit: (text) => withDevDependencies(text, missing) ?? byHand("; what is there is no JSON object"),
    },
  ];
}

/** In a workspace, packages may be declared above the application, up to the repository's root. */
function manifestsFrom(root: string): readonly unknown[] {
  const found: unknown[] = [];
  for (let folder = root; ; folder = dirname(folder)) {
    const text = readIfFile(join(folder, path));
    if (text !== null) found.push(parsed(text));
    if (folder === dirname(folder) || existsSync(join(folder, ".git"))) return found;
  }
}

function declares(manifest: unknown, name: string): boolean {
  return ["dependencies", "devDependencies"].some((kind) => {
    const declared = isObject(manifest) ? manifest[kind] : undefined;
    return isObject(declared) && Object.hasOwn(declared, name);
  });
}

/** As `npm install --save-dev` would write it: sorted, and with the indentation that is there. */
function withDevDependencies(
  text: string,
  added: readonly (readonly [name: string, range: string])[],
): string | null {
  const manifest = parsed(text);
  const { devDependencies = {} } = isObject(manifest) ? manifest : {};
  if (!isObject(manifest) || !isObject(devDependencies)) return null;
  const all = [...Object.entries(devDependencies), ...added].sort(([a], [b]) => a.localeCompare(b, "en"));
  const indentation = /^[ \t]+(?=")/m.exec(text)?.[0] ?? "  ";
  const whole = JSON.stringify({ ...manifest, devDependencies: Object.fromEntries(all) }, null, indentation);
  const end = /\r?\n/.exec(text)?.[0] ?? "\n";
  return whole.replaceAll("\n", end) + (/\s*$/.exec(text)?.[0] ?? "");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
