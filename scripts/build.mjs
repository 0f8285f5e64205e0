// Builds dist/: JavaScript and declarations by tsc, the browser client's core as one ESM text that codegen embeds into
// every generated client, and the stock Primus client that it puts beside them. Incremental: a second run without changes takes about a second.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const tsc = createRequire(import.meta.url).resolve("typescript/lib/tsc.js");

try {
  execFileSync(process.execPath, [tsc, "-p", "tsconfig.build.json"], { cwd: root, stdio: "inherit" });
} catch {
  process.exit(1);
}

const clientCore = `${root}/runtime/client/core.ts`;
if (existsSync(clientCore)) {
  await build({
    entryPoints: [clientCore],
    outfile: `${root}/dist/client-core.js`,
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    legalComments: "none",
    logLevel: "warning",
  });
}

// recheck judges the patterns of contracts. Its JavaScript build goes into dist/: as a dependency it would bring every
// user a Java archive and native binaries that are not needed.
await build({
  stdin: {
    contents: 'export { checkSync } from "recheck/lib/browser.js";',
    resolveDir: root,
  },
  outfile: `${root}/dist/recheck.js`,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  banner: { js: `/*! recheck\n${readFileSync(`${root}/node_modules/recheck/LICENSE`, "utf8")}*/` },
  logLevel: "warning",
});

const { primusClientLibrary } = await import("../dist/runtime/gateway/primus-client.js");
writeFileSync(`${root}/dist/primus.js`, primusClientLibrary());
