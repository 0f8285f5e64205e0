import { existsSync, readdirSync } from "node:fs";
import { join, posix } from "node:path";
import type { SignalboxConfig } from "../runtime/contract/config.js";
import { readAssets } from "./assets.js";
import type { Diagnostic } from "./diagnostics/diagnostic.js";
import { type GeneratedFile, type Plan, planChanges } from "./emit/plan.js";
import { loadConfig, loadContract } from "./load/index.js";
import type { ContractNode } from "./model/nodes.js";
import { handlerStub } from "./printers/typescript/handler-stub.js";
import { moduleSpecifier, needsHandlers, render } from "./render.js";

/** What one run found out. Nothing has been written yet. */
export interface Generation {
  /** The project: the folder of its configuration. Paths are relative to it, with `/`. */
  readonly root: string;
  readonly diagnostics: readonly Diagnostic[];
  /** `null` where there is an error. */
  readonly result: { readonly contract: ContractNode; readonly plan: Plan } | null;
  /** Files that the run read: the configuration, the contract and what they import. */
  readonly inputs: readonly string[];
  /** Folders in which a new file would change the result. */
  readonly folders: readonly string[];
  /** Handler files that the contract needs and that are not there: the gateway cannot be built without them. */
  readonly missingHandlers: readonly MissingHandler[];
}

export interface MissingHandler {
  readonly file: string;
  /** What to begin it with. */
  readonly stub: string;
}

/**
 * Load → model → print → plan.
 *
 * @param folder where to look for the configuration
 * @param configFile its path, relative to that folder
 */
export async function generate(folder: string, configFile: string): Promise<Generation> {
  const loaded = await loadConfig(folder, configFile);
  const { root } = loaded;
  if (loaded.config === null) {
    const { diagnostics, inputs } = loaded;
    return { root, diagnostics, inputs, folders: [], result: null, missingHandlers: [] };
  }
  const config = normalized(loaded.config);
  const folders = [config.schema, config.handlers];
  const { contract, ...read } = await loadContract(config, root);
  const diagnostics = [...loaded.diagnostics, ...read.diagnostics];
  const inputs = [...new Set([...loaded.inputs, ...read.inputs])].sort();
  if (contract === null) return { root, diagnostics, inputs, folders, result: null, missingHandlers: [] };

  const handlerFiles = filesIn(join(root, config.handlers));
  const assets = readAssets();
  const files = await render({ contract, config, handlerFiles, assets });
  const plan = planChanges(root, files, assets.version, inputRefusals(config, files));
  return {
    root,
    diagnostics,
    inputs,
    folders,
    result: { contract, plan },
    missingHandlers: missingHandlers(contract, config, handlerFiles),
  };
}

function missingHandlers(
  contract: ContractNode,
  { handlers, outputs: { server } }: SignalboxConfig,
  present: ReadonlySet<string>,
): MissingHandler[] {
  if (server === undefined) return [];
  return contract.channels
    .filter((channel) => needsHandlers(channel) && !present.has(`${channel.identifier}.ts`))
    .map((channel) => ({
      file: posix.join(handlers, `${channel.identifier}.ts`),
      stub: handlerStub(channel, moduleSpecifier(handlers, posix.join(server, "handlers.ts"))),
    }));
}

/** `./schema/` → `schema`: paths are compared as text. */
function normalized(config: SignalboxConfig): SignalboxConfig {
  const path = (text: string) => posix.normalize(text).replace(/\/$/, "");
  const outputs = Object.fromEntries(
    Object.entries(config.outputs).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, path(value)]],
    ),
  );
  return {
    ...config,
    schema: path(config.schema),
    handlers: path(config.handlers),
    gateway: path(config.gateway),
    outputs,
  };
}

function filesIn(folder: string): ReadonlySet<string> {
  return new Set(existsSync(folder) ? readdirSync(folder) : []);
}

/** Output among the input would be read as contract or handler by the next run. */
function inputRefusals({ schema, handlers }: SignalboxConfig, files: readonly GeneratedFile[]): string[] {
  return files.flatMap(({ path }) =>
    [schema, handlers]
      .filter((folder) => path.startsWith(`${folder}/`))
      .map(
        (folder) => `${path} is not written: ${folder} is read by codegen, choose another folder in outputs`,
      ),
  );
}
