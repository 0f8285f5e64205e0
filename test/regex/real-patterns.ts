import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const modules = fileURLToPath(new URL("../../node_modules", import.meta.url));

/** Packages whose sources hold many regular expressions of many kinds, all installed with this project. */
const PACKAGES = [
  "handlebars",
  "primus",
  "ws",
  "commander",
  "pino",
  "redis",
  "dependency-cruiser",
  "publint",
  "fast-check",
  "semver",
  "acorn",
  "@redis/client",
  "zod",
  "ts-morph",
  "vite",
  "vitest",
  "playwright-core",
  "marked",
  "chokidar",
  "esbuild",
];

/** Longest file that is read: bundles of megabytes would take a minute to parse. */
const MAX_BYTES = 400_000;

function sourceFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => /\.[cm]?js$/.test(file) && !file.includes("node_modules"))
      .sort()
      .map((file) => join(folder, file));
  } catch {
    return [];
  }
}

/** The regular expressions that stand in a JavaScript file, in their order. */
function literalsIn(file: string): string[] {
  const text = readFileSync(file, "utf8");
  if (text.length > MAX_BYTES) return [];
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false, ts.ScriptKind.JS));
  return found;
}

/** Regular expressions that people wrote for their own purposes: those in the packages that are installed here. */
export function realPatterns(limit = 900): RegExp[] {
  const patterns = new Map<string, RegExp>();
  for (const name of PACKAGES) {
    for (const file of sourceFiles(join(modules, name))) {
      for (const literal of literalsIn(file)) {
        const end = literal.lastIndexOf("/");
        if (patterns.has(literal)) continue;
        try {
          patterns.set(literal, new RegExp(literal.slice(1, end), literal.slice(end + 1)));
        } catch {
          // Written for a newer engine than this Node.
        }
        if (patterns.size >= limit) return [...patterns.values()];
      }
    }
  }
  return [...patterns.values()];
}
