import { mkdirSync, mkdtempSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { codegen } from "../codegen/codegen.js";
import { exitCode } from "../exit-codes.js";
import { bundleGateway } from "../gateway/bundle.js";
import { codegenOptions, type Project } from "../gateway/project.js";

export type Bundled =
  | { readonly kind: "new"; readonly file: string }
  /** Nothing that the gateway is made of has changed. */
  | { readonly kind: "same"; readonly file: string }
  /** Codegen has told why. */
  | { readonly kind: "broken" };

export interface Bundler {
  /** Holds the bundles; within the project, since their packages are looked up from there. */
  readonly folder: string;
  /** Generates and bundles. @throws CommandError telling what does not compile */
  bundle(): Promise<Bundled>;
}

/** @param found is told which of the project's files are in a bundle, so that they can be watched */
export function bundler(project: Project, found: (files: readonly string[]) => void): Bundler {
  const parent = join(project.root, "tmp");
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, "signalbox-dev-"));
  let count = 0;
  let last = { text: "", file: "" };
  return {
    folder,
    async bundle() {
      const generated = await codegen({ ...codegenOptions(project), mode: "write", print: () => undefined });
      if (generated !== exitCode.ok) return { kind: "broken" };
      const file = join(folder, `gateway-${++count}.mjs`);
      found(
        await bundleGateway({ root: project.root, entry: project.serverEntry, outfile: file, banner: "" }),
      );
      const text = readFileSync(file, "utf8");
      if (text === last.text) return { kind: "same", file: last.file };
      last = { text, file };
      return { kind: "new", file };
    },
  };
}
