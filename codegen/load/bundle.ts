import { SourceMap } from "node:module";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, type Message, type Plugin, type PluginBuild } from "esbuild";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { type EvaluatedBundle, register } from "./positions.js";
import { zodFolderOf } from "./zod/installed.js";

/** TypeScript of the project as one ES module in memory. Packages stay outside, as absolute URLs. */
export interface Bundle {
  readonly code: string;
  readonly map: SourceMap;
  /** Files of the project that went in, relative to the root, with `/`. */
  readonly inputs: readonly string[];
  /** Folders of the copies of zod that the files import. */
  readonly zodFolders: ReadonlySet<string>;
}

export type BundleResult =
  | { readonly ok: true; readonly bundle: Bundle }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[]; readonly inputs: readonly string[] };

/** The folder of this package's contract: sources under a test runner, else `dist`. */
const contractFolder = fileURLToPath(new URL("../../runtime/contract", import.meta.url));
const ownExtension = import.meta.url.endsWith(".ts") ? ".ts" : ".js";

/**
 * Bundles a module that is given as text. `signalbox` is the running package's own contract, whichever of the two it
 * runs from; its `channel()` also notes where it was called.
 */
export async function bundle(contents: string, root: string): Promise<BundleResult> {
  const zodFolders = new Set<string>();
  try {
    const result = await build({
      stdin: { contents, resolveDir: root, sourcefile: "signalbox:entry" },
      absWorkingDir: root,
      bundle: true,
      write: false,
      outfile: join(root, "signalbox-contract.mjs"),
      format: "esm",
      platform: "node",
      target: `node${process.versions.node}`,
      sourcemap: "external",
      sourcesContent: false,
      metafile: true,
      keepNames: false,
      legalComments: "none",
      logLevel: "silent",
      plugins: [resolvePackages(root, zodFolders)],
    });
    const text = (suffix: string) =>
      result.outputFiles.find((file) => file.path.endsWith(suffix))?.text ?? "";
    const inputs = projectFiles(Object.keys(result.metafile.inputs), root);
    return {
      ok: true,
      bundle: { code: text(".mjs"), map: new SourceMap(JSON.parse(text(".map"))), inputs, zodFolders },
    };
  } catch (error) {
    const errors = messagesOf(error);
    if (errors === undefined) throw error;
    return { ok: false, diagnostics: errors.map((message) => loadError(message, root)), inputs: [] };
  }
}

/** Files of the project among esbuild's inputs, which are relative to the root. */
function projectFiles(inputs: readonly string[], root: string): readonly string[] {
  return inputs
    .filter((input) => isProjectFile(resolve(root, input), root))
    .map((input) => toRelative(resolve(root, input), root))
    .sort();
}

/** Whether a file is the user's: not this package's contract, not in a package, not made by a plugin. */
export function isProjectFile(file: string, root: string): boolean {
  const path = relative(root, file);
  if (file.startsWith(contractFolder + sep)) return false;
  return !path.split(sep).includes("node_modules") && !/^[\w-]{2,}:/.test(path);
}

export function toRelative(file: string, root: string): string {
  return relative(root, file).split(sep).join("/");
}

function resolvePackages(root: string, zodFolders: Set<string>): Plugin {
  return {
    name: "signalbox",
    setup(plugin) {
      plugin.onResolve({ filter: /^signalbox$/ }, () => ({ path: "contract", namespace: "signalbox" }));
      plugin.onResolve({ filter: /^signalbox:contract$/ }, () => ({
        path: join(contractFolder, `index${ownExtension}`),
      }));
      plugin.onLoad({ filter: /.*/, namespace: "signalbox" }, () => ({
        contents: contractShim,
        resolveDir: root,
      }));
      plugin.onResolve({ filter: /^[^./]/ }, async (args) => {
        if (args.kind === "entry-point" || args.pluginData === inner || isAbsolute(args.path))
          return undefined;
        // The contract's own `zod` is the project's: there must be only one.
        const ownFile = args.importer.startsWith(contractFolder + sep);
        return resolvePackage(plugin, args.path, ownFile ? root : args.resolveDir, args.kind, zodFolders);
      });
    },
  };
}

const inner = Symbol("resolved by the plugin itself");

type ImportKind = Parameters<PluginBuild["resolve"]>[1] extends { kind?: infer K } | undefined ? K : never;

async function resolvePackage(
  plugin: PluginBuild,
  path: string,
  resolveDir: string,
  kind: NonNullable<ImportKind>,
  zodFolders: Set<string>,
) {
  const result = await plugin.resolve(path, { resolveDir, kind, pluginData: inner });
  if (result.errors.length > 0 || result.external) return result;
  if (!result.path.split(sep).includes("node_modules")) return result;
  if (path === "zod" || path.startsWith("zod/")) zodFolders.add(zodFolderOf(result.path));
  return { path: pathToFileURL(result.path).href, external: true };
}

/** What `signalbox` is inside a bundle: the contract, whose `channel()` tells the loader of each call. */
const contractShim = `
export * from "signalbox:contract";
import { channel as declare } from "signalbox:contract";
export const channel = (pattern, options) => {
  const declared = declare(pattern, options);
  globalThis[Symbol.for("signalbox.declared")]?.(declared);
  return declared;
};
`;

let evaluated = 0;

/**
 * Runs a bundle. It becomes a module without a file (a `data:` URL), so that nothing has to be written or deleted, with
 * a short name of its own in stack traces.
 */
export async function evaluate(source: Bundle, root: string): Promise<Readonly<Record<string, unknown>>> {
  evaluated += 1;
  const name = `signalbox-contract-${evaluated}.mjs`;
  const ran: EvaluatedBundle = {
    name,
    map: source.map,
    root,
    projectFile: (path) => {
      const file = resolve(root, path);
      return isProjectFile(file, root) ? toRelative(file, root) : undefined;
    },
  };
  register(ran);
  const code = Buffer.from(`${source.code}\n//# sourceURL=${name}\n`).toString("base64");
  return import(`data:text/javascript;base64,${code}`);
}

function messagesOf(error: unknown): readonly Message[] | undefined {
  if (typeof error !== "object" || error === null || !("errors" in error)) return undefined;
  return Array.isArray(error.errors) ? error.errors : undefined;
}

/** esbuild's message with a position: its columns count bytes from 0. */
function loadError(message: Message, root: string): Diagnostic {
  const { location } = message;
  const text = message.text.replace(/\.$/, "");
  const base = { code: "SB1001", severity: "error", message: text, fix: fixFor(text) } as const;
  if (location === null) return base;
  const before = Buffer.from(location.lineText).subarray(0, location.column).toString();
  const file = toRelative(resolve(root, location.file), root);
  return { ...base, position: { file, line: location.line, column: before.length + 1 } };
}

function fixFor(text: string): string {
  const [, name] = /^Could not resolve "([^"]+)"/.exec(text) ?? [];
  if (name === undefined) return "Mend the syntax; nothing is generated until every file compiles.";
  return /^[./]/.test(name) ? "Correct the path of the import." : `Install it: npm install ${name}`;
}
