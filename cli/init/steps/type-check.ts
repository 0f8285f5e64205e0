import { existsSync } from "node:fs";
import { join } from "node:path";
import { isRecord } from "../../../runtime/protocol/json.js";
import { workspaceFolders } from "../app/packages.js";
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

/** In a workspace, packages may be declared above the application. */
function manifestsFrom(root: string): readonly unknown[] {
  return workspaceFolders(root).flatMap((folder) => {
    const text = readIfFile(join(folder, path));
    return text === null ? [] : [parsed(text)];
  });
}

function declares(manifest: unknown, name: string): boolean {
  return ["dependencies", "devDependencies"].some((kind) => {
    const declared = isRecord(manifest) ? manifest[kind] : undefined;
    return isRecord(declared) && Object.hasOwn(declared, name);
  });
}

/** As `npm install --save-dev` would write it: sorted, and with the indentation that is there. */
function withDevDependencies(
  text: string,
  added: readonly (readonly [name: string, range: string])[],
): string | null {
  const manifest = parsed(text);
  const { devDependencies = {} } = isRecord(manifest) ? manifest : {};
  if (!isRecord(manifest) || !isRecord(devDependencies)) return null;
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
