import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "./package-root.js";
import { type RuntimeFile, readRubyRuntime, readRubySignatures } from "./printers/ruby/runtime-files.js";

/** Texts of this package that go into every project as they are. `scripts/build.mjs` makes them. */
export interface Assets {
  /** Version of signalbox. */
  readonly version: string;
  /** The browser client's core as one ES module. */
  readonly clientCore: string;
  /** Its declarations, self-contained. */
  readonly clientTypes: string;
  /** The stock Primus client for this gateway. */
  readonly primus: string;
  /** The Ruby runtime that `Events` needs. Paths are relative to its folder. */
  readonly rubyRuntime: readonly RuntimeFile[];
  /** RBS signatures of that runtime. */
  readonly rubySignatures: readonly RuntimeFile[];
}

/** @throws Error where the package was not built */
export function readAssets(): Assets {
  const manifest: { readonly version: string } = JSON.parse(read("package.json"));
  return {
    version: manifest.version,
    clientCore: read("dist/client-core.js"),
    clientTypes: read("dist/runtime/client/types.d.ts"),
    primus: read("dist/primus.js"),
    rubyRuntime: readRubyRuntime(),
    rubySignatures: readRubySignatures(),
  };
}

function read(path: string): string {
  const file = join(packageRoot, path);
  if (!existsSync(file)) throw new Error(`signalbox: its own ${path} is missing; run npm run build`);
  return readFileSync(file, "utf8");
}
