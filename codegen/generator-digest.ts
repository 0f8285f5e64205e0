import { join } from "node:path";
import { digestOf, listing } from "./emit/digest.js";
import { sha256 } from "./emit/manifest.js";
import { packageRoot } from "./package-root.js";

/** What of this package has a say in the output, besides the project. */
const folders = [
  "dist/codegen",
  "dist/runtime/contract",
  "codegen/printers",
  "runtime/ruby/lib",
  "runtime/ruby/sig",
];
const files = ["dist/client-core.js", "dist/runtime/client/types.d.ts", "dist/primus.js", "package.json"];

/** Digest of signalbox itself and of Node: a new version, or a new build of one, starts afresh. */
export function generatorDigest(): string {
  const all = [
    ...folders.flatMap((folder) => listing(join(packageRoot, folder)).map((name) => join(folder, name))),
    ...files,
  ];
  const digests = all.map((file) => `${file} ${digestOf(join(packageRoot, file))}`);
  return sha256([process.version, ...digests].join("\n"));
}
