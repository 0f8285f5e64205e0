import { existsSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { CommandError } from "../errors.js";

export interface BundleOptions {
  /** The project's folder; messages name files relative to it. */
  readonly root: string;
  /** `index.ts` of the generated server. */
  readonly entry: string;
  /** Where the bundle goes: within the project, since the packages that it imports are looked up from there. */
  readonly outfile: string;
  /** Put at the top of the bundle. */
  readonly banner: string;
}

/**
 * Bundles the generated server with schema, handlers and `gateway.ts` into one module that plain Node runs. Packages
 * stay outside.
 *
 * @returns the project's files in the bundle, absolute
 * @throws CommandError naming what does not compile and every file that is missing
 */
export async function bundleGateway({
  root,
  entry,
  outfile,
  banner,
}: BundleOptions): Promise<readonly string[]> {
  const { build } = await import("esbuild");
  try {
    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints: [entry],
      outfile,
      bundle: true,
      packages: "external",
      format: "esm",
      platform: "node",
      target: "node20.19",
      sourcemap: "inline",
      sourcesContent: false,
      metafile: true,
      legalComments: "none",
      logLevel: "silent",
      banner: { js: banner },
    });
    return Object.keys(metafile.inputs).map((input) => resolve(root, input));
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    throw new CommandError(error.errors.map((message) => describe(message, root)).join("\n"));
  }
}

/** The part of esbuild's message that is shown. */
interface BuildMessage {
  readonly text: string;
  readonly location: {
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly lineText: string;
  } | null;
}

function isBuildFailure(error: unknown): error is { readonly errors: readonly BuildMessage[] } {
  return error instanceof Error && "errors" in error && Array.isArray(error.errors);
}

function describe({ text, location }: BuildMessage, root: string): string {
  if (location === null) return text;
  const missing = /^Could not resolve "(\.[^"]+)"/.exec(text)?.[1];
  if (missing !== undefined) {
    const file = relative(root, sourceOf(resolve(root, dirname(location.file), missing)));
    return `${file} is missing; ${location.file} imports it.`;
  }
  const column = Buffer.from(location.lineText).subarray(0, location.column).toString().length + 1;
  return `${location.file}:${location.line}:${column}: ${text}`;
}

/** `handlers/room.js`, as imports have it, is `handlers/room.ts` on the disk. */
function sourceOf(path: string): string {
  return existsSync(path) ? path : path.replace(/\.js$/, ".ts");
}
