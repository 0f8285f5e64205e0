import { existsSync } from "node:fs";
import { dirname, isAbsolute, relative, resolve } from "node:path";
import type { SignalboxConfig } from "../../runtime/contract/config.js";
import { catalogue, type DiagnosticCode } from "../diagnostics/catalogue.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { similar } from "../model/names.js";
import { bundle, evaluate } from "./bundle.js";
import { positions } from "./positions.js";

export interface LoadedConfig {
  /** `null` where there is an error. */
  readonly config: SignalboxConfig | null;
  /** The folder that the configuration's paths are relative to: the one it lies in. */
  readonly root: string;
  /** The configuration's name in that folder. */
  readonly file: string;
  readonly diagnostics: readonly Diagnostic[];
  /** Files of the project that it was read from, relative to the root. */
  readonly inputs: readonly string[];
}

const defaultFile = "signalbox.config.ts";

/** Reads `signalbox.config.ts` of a folder, or the file at `path` (relative to the folder). */
export async function loadConfig(folder: string, path: string = defaultFile): Promise<LoadedConfig> {
  const absolute = resolve(folder, path);
  const root = dirname(absolute);
  const file = relative(root, absolute);
  const answer = (
    diagnostics: readonly Diagnostic[],
    config: SignalboxConfig | null,
    inputs: readonly string[] = [file],
  ) => ({ config, root, file, diagnostics, inputs }) as const;
  if (!existsSync(absolute)) return answer([problem("SB1008", `there is no ${path} in ${folder}`)], null);

  const bundled = await bundle(`export { default } from ${JSON.stringify(`./${file}`)};`, root);
  if (!bundled.ok) return answer(bundled.diagnostics, null);
  const { inputs } = bundled.bundle;
  let value: unknown;
  try {
    value = (await evaluate(bundled.bundle, root)).default;
  } catch (error) {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const position = positions.ofError(error);
    const thrown = problem("SB1002", `the configuration throws while it is loaded: ${message}`);
    return answer([position === undefined ? thrown : { ...thrown, position }], null, inputs);
  }
  const problems = configProblems(value, root).map((message) => ({
    ...problem("SB1009", message),
    position: { file, line: 1, column: 1 },
  }));
  return answer(problems, problems.length > 0 ? null : (value as SignalboxConfig), inputs);
}

function problem(code: DiagnosticCode, message: string): Diagnostic {
  return { code, severity: "error", message, fix: catalogue[code].fix };
}

const required = ["schema", "handlers", "gateway"];
const outputs = ["ruby", "rubyRuntime", "rbs", "client", "server", "docs"];

/** What keeps a value from being a configuration, a sentence each. */
function configProblems(value: unknown, root: string): readonly string[] {
  if (!isRecord(value))
    return ["the file has no default export that is an object: export default defineConfig({ … })"];
  return [
    ...unknownNames(value, [...required, "rubyModule", "outputs"], "option"),
    ...required.flatMap((name) => pathProblem(name, value[name], root)),
    ...(value.rubyModule === undefined || isConstant(value.rubyModule)
      ? []
      : [
          `rubyModule is the name of a Ruby module, like Events, and not ${JSON.stringify(value.rubyModule)}`,
        ]),
    ...outputProblems(value.outputs, root),
  ];
}

function outputProblems(value: unknown, root: string): readonly string[] {
  if (!isRecord(value)) return ["outputs is missing: an object of paths"];
  return [
    ...unknownNames(value, outputs, "output"),
    ...Object.entries(value).flatMap(([name, path]) =>
      path === undefined || !outputs.includes(name) ? [] : pathProblem(`outputs.${name}`, path, root),
    ),
  ];
}

function unknownNames(value: object, known: readonly string[], what: string): readonly string[] {
  return Object.keys(value)
    .filter((name) => !known.includes(name))
    .map((name) => {
      const [nearest] = similar(name, known);
      return `there is no ${what} ${name}${nearest === undefined ? "" : `; did you mean ${nearest}?`}`;
    });
}

function pathProblem(name: string, value: unknown, root: string): readonly string[] {
  if (typeof value !== "string" || value === "")
    return [`${name} is missing: a path relative to the configuration`];
  const path = relative(root, resolve(root, value));
  if (isAbsolute(value) || path === "" || path.split(/[\\/]/)[0] === "..") {
    return [`${name} is ${JSON.stringify(value)}: it must lie inside the folder of the configuration`];
  }
  return [];
}

function isConstant(value: unknown): boolean {
  return typeof value === "string" && /^[A-Z][A-Za-z0-9_]*(?:::[A-Z][A-Za-z0-9_]*)*$/.test(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
