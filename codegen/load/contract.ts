import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Channel, isChannel } from "../../runtime/contract/channel.js";
import type { SignalboxConfig } from "../../runtime/contract/config.js";
import { probeDigest, type Zod } from "../../runtime/contract/probes.js";
import { catalogue, type DiagnosticCode } from "../diagnostics/catalogue.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { buildContract } from "../model/build/contract.js";
import type { DeclaredChannel } from "../model/build/declared-channel.js";
import type { ExportedSchema } from "../model/build/type-names.js";
import type { ContractNode, SourcePosition } from "../model/nodes.js";
import { bundle, evaluate, toRelative } from "./bundle.js";
import { exponentialPatterns } from "./exponential.js";
import { typeScriptFiles } from "./files.js";
import { note, positions, watchZod } from "./positions.js";
import { thrown } from "./thrown.js";
import { isSupportedZod, ownZodFolder, supportedZod, versionOf } from "./zod/installed.js";
import { isSchema } from "./zod/internals.js";
import { zodReader } from "./zod/reader.js";

export interface LoadedContract {
  /** `null` where there is an error. */
  readonly contract: ContractNode | null;
  readonly diagnostics: readonly Diagnostic[];
  /** Every file of the project that the contract was read from, relative to the root. */
  readonly inputs: readonly string[];
}

/** Reads the schema folder of a project into the contract model. Writes nothing; what is wrong is in `diagnostics`. */
export async function loadContract(
  config: Pick<SignalboxConfig, "schema">,
  root: string,
): Promise<LoadedContract> {
  const folder = resolve(root, config.schema);
  const files = typeScriptFiles(folder);
  if (files === null) return failed(finding("SB1003", `there is no folder ${config.schema}`));
  if (files.length === 0) return failed(finding("SB1004", `${config.schema} has no TypeScript file`));
  const paths = files.map((file) => toRelative(join(folder, file), root));

  const stopWatching = watchZod();
  try {
    const loaded = await load(paths, root);
    const { modules, declared, zod, inputs } = loaded;
    const found = findChannels(modules, declared, config.schema);
    const built = buildContract({
      channels: found.channels,
      exports: exportedSchemas(modules),
      reader: zodReader(positions),
      zodVersion: zod?.version ?? "",
      zodProbes: zod === null ? "" : probeDigest(zod.module),
    });
    const slow = await exponentialPatterns(built.written);
    // Where a file did not load, its channel is not missing.
    const channels = loaded.diagnostics.length === 0 || found.channels.length > 0 ? found.diagnostics : [];
    const diagnostics = [...loaded.diagnostics, ...channels, ...built.diagnostics, ...slow];
    const broken = diagnostics.some((diagnostic) => diagnostic.severity === "error");
    return { contract: broken ? null : built.contract, diagnostics: inOrder(diagnostics), inputs };
  } finally {
    stopWatching();
  }
}

function failed(diagnostic: Diagnostic): LoadedContract {
  return { contract: null, diagnostics: [diagnostic], inputs: [] };
}

function finding(code: DiagnosticCode, message: string, position?: SourcePosition, fix?: string): Diagnostic {
  const located = position === undefined ? {} : { position };
  return { code, severity: "error", message, fix: fix ?? catalogue[code].fix, ...located };
}

/** A schema file and what it exports. */
interface Module {
  readonly path: string;
  readonly exports: Readonly<Record<string, unknown>>;
}

interface Loaded {
  readonly modules: readonly Module[];
  /** Every channel that was declared, exported or not. */
  readonly declared: ReadonlySet<object>;
  readonly inputs: readonly string[];
  /** `null` where not everything could be loaded. */
  readonly zod: { readonly version: string; readonly module: Zod } | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** All files as one module, so that each runs once; if that fails, one by one, to find everything that is wrong. */
async function load(paths: readonly string[], root: string): Promise<Loaded> {
  const together = await loadFiles(paths, root);
  if (together.diagnostics.length === 0) return together;
  const separately: Loaded[] = [];
  for (const path of paths) separately.push(await loadFiles([path], root));
  const found = separately.flatMap((loaded) => loaded.diagnostics);
  const diagnostics = found.length > 0 ? found : together.diagnostics;
  return {
    modules: separately.flatMap((loaded) => loaded.modules),
    declared: new Set(separately.flatMap((loaded) => [...loaded.declared])),
    inputs: [...new Set([...paths, ...separately.flatMap((loaded) => loaded.inputs)])].sort(),
    zod: null,
    diagnostics: distinct(diagnostics),
  };
}

async function loadFiles(paths: readonly string[], root: string): Promise<Loaded> {
  const entry = paths
    .map((path, index) => `export * as file${index} from ${JSON.stringify(`./${path}`)};`)
    .join("\n");
  const bundled = await bundle(entry, root);
  const nothing = { modules: [], declared: new Set<object>(), inputs: paths, zod: null };
  if (!bundled.ok) return { ...nothing, diagnostics: bundled.diagnostics };
  const { inputs, zodFolders } = bundled.bundle;
  const zod = await findZod(zodFolders);
  if ("code" in zod) return { ...nothing, inputs, diagnostics: [zod] };
  const declared = new Set<object>();
  try {
    const exports = await observed(declared, () => evaluate(bundled.bundle, root));
    const modules = paths.map(
      (path, index): Module => ({ path, exports: namespace(exports[`file${index}`]) }),
    );
    return { modules, declared, inputs, zod, diagnostics: [] };
  } catch (error) {
    return { ...nothing, inputs, diagnostics: [thrown(error, paths, root)] };
  }
}

/** The one copy of zod that contract and codegen share. */
async function findZod(folders: ReadonlySet<string>): Promise<Diagnostic | NonNullable<Loaded["zod"]>> {
  const copies = [...new Set([...folders, ownZodFolder()])];
  const [folder = ""] = copies;
  if (copies.length > 1) return finding("SB1006", `zod is loaded from ${copies.join(" and from ")}`);
  const version = versionOf(folder);
  if (!isSupportedZod(version)) {
    return finding(
      "SB1007",
      `zod ${version} is installed; this version of Signalbox is exact for ${supportedZod}`,
    );
  }
  const { z }: { z: Zod } = await import(pathToFileURL(join(folder, "index.js")).href);
  return { version, module: z };
}

/** One finding each, however many files lead to it. */
function distinct(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [
    ...new Map(
      diagnostics.map((one) => [JSON.stringify([one.code, one.message, one.position]), one]),
    ).values(),
  ];
}

/** By file and line; what has no position comes first. */
function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const key = ({ position }: Diagnostic) =>
    [position?.file ?? "", position?.line ?? 0, position?.column ?? 0] as const;
  return [...distinct(diagnostics)].sort((a, b) => {
    const [fileA, lineA, columnA] = key(a);
    const [fileB, lineB, columnB] = key(b);
    return fileA === fileB ? lineA - lineB || columnA - columnB : fileA < fileB ? -1 : 1;
  });
}

/** Runs schema files while each `channel()` in them is noted. */
async function observed<T>(declared: Set<object>, run: () => Promise<T>): Promise<T> {
  const key = Symbol.for("signalbox.declared");
  const onDeclared = (channel: object) => {
    note(channel, onDeclared);
    declared.add(channel);
  };
  Reflect.set(globalThis, key, onDeclared);
  try {
    return await run();
  } finally {
    Reflect.deleteProperty(globalThis, key);
  }
}

function namespace(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

/** Each channel once, in the file that declares it; a channel that no file exports is an error. */
function findChannels(modules: readonly Module[], declared: ReadonlySet<object>, schemaFolder: string) {
  const found = new Map<object, DeclaredChannel>();
  const places = new Set<string>();
  for (const { path, exports } of modules) {
    for (const [exportName, value] of Object.entries(exports)) {
      if (!isChannel(value)) continue;
      const position = positions.of(value) ?? { file: path, line: 1, column: 1 };
      const earlier = found.get(value);
      // A file that passes a channel on is not where it lives.
      if (earlier !== undefined && (earlier.file === position.file || path !== position.file)) continue;
      // Files that were loaded one by one each have their own copy of what they share.
      const place = JSON.stringify([value.pattern, position]);
      if (earlier === undefined && places.has(place)) continue;
      places.add(place);
      found.set(value, { ...contents(value), handle: value, file: path, exportName, position });
    }
  }
  const diagnostics: Diagnostic[] = [];
  for (const channel of declared) {
    if (found.has(channel) || !isChannel(channel)) continue;
    if (places.has(JSON.stringify([channel.pattern, positions.of(channel)]))) continue;
    const message = `the channel ${JSON.stringify(channel.pattern)} is not exported`;
    diagnostics.push(finding("SB1005", message, positions.of(channel)));
  }
  if (found.size === 0 && diagnostics.length === 0) {
    diagnostics.push(finding("SB1004", `no file of ${schemaFolder} exports a channel`));
  }
  return { channels: [...found.values()], diagnostics };
}

function contents(channel: Channel) {
  return { pattern: channel.pattern, options: channel.options };
}

function exportedSchemas(modules: readonly Module[]): readonly ExportedSchema[] {
  return modules.flatMap(({ path, exports }) => {
    const fileName = path.replace(/^.*\//, "").replace(/\.[mc]?ts$/, "");
    return Object.entries(exports).flatMap(([exportName, schema]) =>
      isSchema(schema) ? { exportName, fileName, schema } : [],
    );
  });
}
