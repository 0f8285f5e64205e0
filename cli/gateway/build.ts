import { randomUUID } from "node:crypto";
import { renameSync, rmSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { codegen } from "../codegen/codegen.js";
import { CommandError } from "../errors.js";
import { type ExitCode, exitCode } from "../exit-codes.js";
import { bundleGateway } from "./bundle.js";
import { codegenOptions, loadProject } from "./project.js";
import { tryBundle } from "./trial.js";

export interface BuildOptions {
  /** Relative to the current folder, as `outfile` is. */
  readonly configFile: string;
  readonly outfile: string;
  /** Whether to load the bundle, and check what `start` would refuse. */
  readonly load: boolean;
  /** Whether to tell where an error came from. */
  readonly debug: boolean;
}

/**
 * Checks that what is generated fits the contract, bundles it, and checks that a gateway starts with it. Where it does
 * not, the bundle of an earlier build stays.
 *
 * @throws CommandError
 */
export async function build({ configFile, outfile, load, debug }: BuildOptions): Promise<ExitCode> {
  const project = await loadProject(configFile);
  if (project === null) return exitCode.failed;
  const { root, config, serverEntry } = project;
  const target = resolve(outfile);
  if (!target.startsWith(root + sep)) {
    throw new CommandError(`${outfile} is outside the project: its packages would not be found from there.`);
  }
  const checked = await codegen({ ...codegenOptions(project), mode: "check" });
  if (checked !== exitCode.ok) return checked;

  const { loadContract } = await import("../../codegen/load/index.js");
  const { contract } = await loadContract(config, root);
  if (contract === null) throw new CommandError("The contract changed while it was built.");
  const banner = `// signalbox gateway, contract ${contract.fingerprint}`;
  const shown = relative(process.cwd(), target);
  // Beside it, because its packages are looked up from there.
  const aside = join(dirname(target), `.signalbox-${randomUUID()}.mjs`);
  try {
    await bundleGateway({ root, entry: serverEntry, outfile: aside, banner });
    if (load) await tryBundle({ bundle: aside, shown, debug });
    renameSync(aside, target);
  } finally {
    rmSync(aside, { force: true });
  }
  console.log(`Built ${shown} for the contract ${contract.fingerprint}`);
  return exitCode.ok;
}
