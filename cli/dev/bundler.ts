import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { codegen } from "../codegen/codegen.js";
import { exitCode } from "../exit-codes.js";
import { bundleGateway } from "../gateway/bundle.js";
import { codegenOptions, type Project } from "../gateway/project.js";

export interface Bundler {
  /** Holds the bundles; within the project, since their packages are looked up from there. */
  readonly folder: string;
  /**
   * Generates and bundles.
   *
   * @returns the bundle's file, the same one where the gateway would be the same; `null` where codegen has told of a mistake
   * @throws CommandError telling what does not compile
   */
  bundle(): Promise<string | null>;
}

/** @param found is told which of the project's files are in a bundle, so that they can be watched */
export function bundler(project: Project, found: (files: readonly string[]) => void): Bundler {
  const parent = join(project.root, "tmp");
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, "signalbox-dev-"));
  return {
    folder,
    async bundle() {
      const generated = await codegen({ ...codegenOptions(project), mode: "write", print: () => undefined });
      if (generated !== exitCode.ok) return null;
      const outfile = join(folder, "next.mjs");
      found(await bundleGateway({ root: project.root, entry: project.serverEntry, outfile, banner: "" }));
      const digest = createHash("sha256").update(readFileSync(outfile)).digest("hex");
      const file = join(folder, `gateway-${digest.slice(0, 16)}.mjs`);
      renameSync(outfile, file);
      return file;
    },
  };
}
