import { basename, join, resolve } from "node:path";
import type { SignalboxConfig } from "../../runtime/contract/config.js";
import { CommandError } from "../errors.js";

/** What `build` and `dev` need to know of a project. Paths are absolute. */
export interface Project {
  readonly config: SignalboxConfig;
  /** The folder of the configuration. */
  readonly root: string;
  readonly configFile: string;
  /** `index.ts` of the generated server: what is bundled. */
  readonly serverEntry: string;
  /** What people edit. */
  readonly sources: readonly string[];
  /** What codegen writes. */
  readonly outputs: readonly string[];
}

/**
 * @param configFile relative to the current folder
 * @returns `null` where the configuration is broken; what is wrong has been told on standard error
 * @throws CommandError where it asks for no gateway
 */
export async function loadProject(configFile: string): Promise<Project | null> {
  const { loadConfig } = await import("../../codegen/load/index.js");
  const { config, root, diagnostics } = await loadConfig(process.cwd(), configFile);
  if (diagnostics.length > 0) {
    const { report } = await import("../codegen/report.js");
    console.error(report(diagnostics, "text", root));
  }
  if (config === null) return null;
  if (config.outputs.server === undefined) {
    throw new CommandError(`${configFile} has no outputs.server: there is no gateway to be built.`);
  }
  const absolute = resolve(configFile);
  return {
    config,
    root,
    configFile: absolute,
    serverEntry: join(root, config.outputs.server, "index.ts"),
    sources: [
      absolute,
      ...[config.schema, config.handlers, config.gateway].map((path) => resolve(root, path)),
    ],
    outputs: Object.values(config.outputs).map((path) => resolve(root, path)),
  };
}

/** How codegen is told of the project: as if it had been started in its folder. */
export function codegenOptions({ root, configFile }: Project) {
  return { folder: root, config: basename(configFile), format: "text" } as const;
}
