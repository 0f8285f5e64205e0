import { relative, resolve, sep } from "node:path";
import { codegen } from "../codegen/codegen.js";
import { CommandError } from "../errors.js";
import { type ExitCode, exitCode } from "../exit-codes.js";
import { bundleGateway } from "./bundle.js";
import { codegenOptions, loadProject } from "./project.js";

/**
 * Checks that what is generated fits the contract, then bundles it.
 *
 * @param outfile relative to the current folder
 * @throws CommandError
 */
export async function build(configFile: string, outfile: string): Promise<ExitCode> {
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
  await bundleGateway({ root, entry: serverEntry, outfile: target, banner });
  console.log(`Built ${relative(process.cwd(), target)} for the contract ${contract.fingerprint}`);
  return exitCode.ok;
}
