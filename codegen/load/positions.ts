import { readFileSync } from "node:fs";
import type { SourceMap } from "node:module";
import { join } from "node:path";
import type { SourcePosition } from "../model/nodes.js";
import { offsetOf, positionAfter, propertyOffset } from "./source-property.js";

/**
 * Where zod schemas, checks and channels stand in the source.
 *
 * Whenever zod has made something it calls a hook, if one is set; the hook notes the stack. The nearest frame that lies
 * in a file of the project is the call that made it, whatever helper, loop or spread it went through, and of a method
 * chain it is the name of the method. V8 keeps the frames and formats nothing until a diagnostic asks.
 */
export interface Positions {
  of(handle: object): SourcePosition | undefined;
  /** Where in the source a text stands that follows the call, such as a regular expression, plus an offset into it. */
  inside(handle: object, text: string, offset: number): SourcePosition | undefined;
  /** Where a property is written in the object that the call was given; `undefined` where it comes from elsewhere. */
  property(handle: object, path: readonly string[], given: unknown): SourcePosition | undefined;
  /** Where an error was thrown, as far as the project's files are concerned. */
  ofError(error: unknown): SourcePosition | undefined;
}

/** One evaluated bundle: the name that V8 knows it by, and how to get from its lines to the project's. */
export interface EvaluatedBundle {
  readonly name: string;
  readonly map: SourceMap;
  /** The project's root. */
  readonly root: string;
  /** From a path of the source map to one relative to the root; `undefined` for what is not the project's. */
  projectFile(source: string): string | undefined;
}

interface Noted {
  readonly stack?: unknown;
}

/** Enough for zod's own frames, which lie between the hook and the call in the project: at most eight. */
const frames = 12;
const notes = new WeakMap<object, Noted>();
const bundles = new Map<string, EvaluatedBundle>();

/** Notes where a value is made; the caller of `above` and those above it count. */
export function note(value: object, above: (value: object) => void): void {
  const noted: Noted = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = frames;
  Error.captureStackTrace(noted, above);
  Error.stackTraceLimit = limit;
  notes.set(value, noted);
}

interface ZodConfig {
  postProcessor?: (value: object) => void;
}

let watchers = 0;
let previous: ZodConfig["postProcessor"];

function afterConstruction(value: object): void {
  previous?.(value);
  note(value, afterConstruction);
}

/** Notes every schema and check that zod makes until the returned function is called. */
export function watchZod(): () => void {
  const config = zodConfig();
  if (watchers === 0) {
    previous = config.postProcessor;
    config.postProcessor = afterConstruction;
  }
  watchers += 1;
  let watching = true;
  return () => {
    if (!watching) return;
    watching = false;
    watchers -= 1;
    if (watchers > 0) return;
    if (previous === undefined) delete config.postProcessor;
    else config.postProcessor = previous;
  };
}

/** zod's configuration, which all copies of zod in a process share. */
function zodConfig(): ZodConfig {
  const existing: unknown = Reflect.get(globalThis, "__zod_globalConfig");
  if (typeof existing === "object" && existing !== null) return existing;
  const created: ZodConfig = {};
  Reflect.set(globalThis, "__zod_globalConfig", created);
  return created;
}

/** Makes the frames of a bundle readable. */
export function register(bundle: EvaluatedBundle): void {
  bundles.set(bundle.name, bundle);
}

export const positions: Positions = {
  of(handle) {
    const noted = notes.get(handle);
    return noted === undefined ? undefined : nearest(noted);
  },
  inside(handle, text, offset) {
    const noted = notes.get(handle);
    const found = noted === undefined ? undefined : nearestIn(noted);
    if (found === undefined) return undefined;
    const { position, root } = found;
    const line = readFileSync(join(root, position.file), "utf8").split(/\r\n|\n|\r/)[position.line - 1] ?? "";
    const at = line.indexOf(text, position.column - 1);
    return at < 0 ? position : { ...position, column: at + offset + 1 };
  },
  property(handle, path, given) {
    const noted = notes.get(handle);
    const found = noted === undefined ? undefined : nearestIn(noted);
    if (found === undefined) return undefined;
    const { position, root } = found;
    const text = readFileSync(join(root, position.file), "utf8");
    const offset = propertyOffset(text, offsetOf(text, position), path, given);
    return offset === null ? undefined : positionAfter(position.file, text.slice(0, offset));
  },
  ofError(error) {
    return error instanceof Error ? nearest(error) : undefined;
  },
};

function nearest(noted: Noted): SourcePosition | undefined {
  return nearestIn(noted)?.position;
}

function nearestIn(noted: Noted): { readonly position: SourcePosition; readonly root: string } | undefined {
  for (const { name, line, column } of callSites(noted)) {
    const bundle = bundles.get(name);
    if (bundle === undefined) continue;
    const entry = bundle.map.findEntry(line - 1, column - 1);
    if (!("originalSource" in entry)) continue;
    const file = bundle.projectFile(entry.originalSource);
    if (file === undefined) continue;
    const position = { file, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
    return { position, root: bundle.root };
  }
  return undefined;
}

interface Frame {
  readonly name: string;
  readonly line: number;
  readonly column: number;
}

/** V8 formats a stack on its first reading, by this hook if it is set; later readings give what it returned. */
function callSites(noted: Noted): readonly Frame[] {
  const prepare = Error.prepareStackTrace;
  Error.prepareStackTrace = (_error, sites) =>
    sites.map(
      (site): Frame => ({
        name: site.getScriptNameOrSourceURL() ?? "",
        line: site.getLineNumber() ?? 1,
        column: site.getColumnNumber() ?? 1,
      }),
    );
  try {
    const { stack } = noted;
    return Array.isArray(stack) ? stack : parseStack(String(stack));
  } finally {
    Error.prepareStackTrace = prepare;
  }
}

/** For an error whose stack somebody has read before: the same frames from its text. */
function parseStack(text: string): readonly Frame[] {
  return text.split("\n").flatMap((line): readonly Frame[] => {
    const [, name, row, column] = /\(?(\S+?):(\d+):(\d+)\)?$/.exec(line.trim()) ?? [];
    return name === undefined ? [] : [{ name, line: Number(row), column: Number(column) }];
  });
}
