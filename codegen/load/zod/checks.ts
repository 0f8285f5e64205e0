import type { CheckDefinition, FormatDefinition, Handle } from "../../model/definition.js";
import { type Definition, internalsOf } from "./internals.js";
import { decidedByChecksum, decidedByCode, decidedByPattern } from "./patterns.js";

/** Keys of a check's definition that say nothing about its verdict, or are read for every check. */
const common = ["check", "type", "error", "abort"];

const lengthKeys = { min_length: "minimum", max_length: "maximum", length_equals: "length" } as const;
const lengthKinds = {
  min_length: "minLength",
  max_length: "maxLength",
  length_equals: "exactLength",
} as const;

/** Reads one check: an element of `def.checks`, or a top-level format, which is schema and check at once. */
export function readCheck(handle: unknown): CheckDefinition {
  const def = internalsOf(handle)?.def;
  if (typeof handle !== "object" || handle === null || def === undefined) {
    return { kind: "unknown", name: "a check", handle: {} };
  }
  const name = typeof def.check === "string" ? def.check : "a check";
  switch (name) {
    case "min_length":
    case "max_length":
    case "length_equals": {
      const value = def[lengthKeys[name]];
      if (typeof value !== "number" || !ordinaryWhen(def.when)) return unknown(handle, name);
      return read(handle, def, [lengthKeys[name], "when"], { kind: lengthKinds[name], value, handle });
    }
    case "string_format":
      return readFormat(handle, def);
    case "greater_than":
    case "less_than": {
      const side = name === "greater_than" ? "min" : "max";
      const inclusive = def.inclusive === true;
      return read(handle, def, ["value", "inclusive"], {
        kind: "bound",
        side,
        value: def.value,
        inclusive,
        handle,
      });
    }
    case "multiple_of":
      return read(handle, def, ["value"], { kind: "multipleOf", value: def.value, handle });
    case "number_format":
      return read(handle, def, ["format", "checks", "coerce"], {
        kind: "numberFormat",
        format: String(def.format),
        handle,
      });
    case "overwrite":
      return isTrim(def.tx)
        ? { kind: "trim", handle }
        : { kind: "code", name: overwriteName(def.tx), handle };
    case "custom":
      return { kind: "code", name: "a refinement", handle };
    case "property":
    case "properties":
      return { kind: "code", name: `z.${name}()`, handle };
    default:
      return unknown(handle, name);
  }
}

function readFormat(handle: Handle, def: Definition): CheckDefinition {
  const format = String(def.format);
  const abort = def.abort === true;
  switch (format) {
    case "starts_with":
      return readText(handle, def, "startsWith", "prefix", abort);
    case "ends_with":
      return readText(handle, def, "endsWith", "suffix", abort);
    case "includes": {
      if (typeof def.includes !== "string") return unknown(handle, format);
      const position = def.position !== undefined;
      const check = { kind: "includes", value: def.includes, position, abort, handle } as const;
      return readWithAbort(handle, def, ["format", "includes", "pattern", "position"], check);
    }
    default:
      return readPattern(handle, def, format, abort);
  }
}

function readText(
  handle: Handle,
  def: Definition,
  kind: "startsWith" | "endsWith",
  key: "prefix" | "suffix",
  abort: boolean,
): CheckDefinition {
  const value = def[key];
  if (typeof value !== "string") return unknown(handle, kind);
  return readWithAbort(handle, def, ["format", key, "pattern"], { kind, value, abort, handle });
}

/** Options of formats that are already part of their pattern. */
const formatOptions = ["version", "offset", "local", "precision", "length", "delimiter", "alg", "enc"];

function readPattern(handle: Handle, def: Definition, format: string, abort: boolean): CheckDefinition {
  const keys = [
    "format",
    "pattern",
    "checks",
    "coerce",
    "fn",
    "protocol",
    "hostname",
    "normalize",
    ...formatOptions,
  ];
  const own = def.pattern instanceof RegExp ? def.pattern : null;
  const pattern = decidingPattern(def, format, own);
  const check: FormatDefinition & { handle: Handle } = {
    kind: "format",
    format,
    pattern,
    algorithm: (typeof def.fn === "function" ? undefined : decidedByChecksum[format]) ?? null,
    abort,
    userWritten: pattern !== null && pattern === own && isUserWritten(def, format),
    stateful: typeof def.fn === "function" && own !== null && (own.global || own.sticky),
    handle,
  };
  return readWithAbort(handle, def, keys, check);
}

function decidingPattern(def: Definition, format: string, own: RegExp | null): RegExp | null {
  // z.stringFormat(name, regex): zod itself wraps the pattern into a function of exactly this text.
  if (typeof def.fn === "function") return String(def.fn) === "(val) => fnOrRegex.test(val)" ? own : null;
  const byCode = decidedByCode[format];
  if (byCode !== undefined) return byCode;
  return decidedByPattern.has(format) || format in decidedByChecksum ? own : null;
}

/** zod's own patterns are known to be harmless; those of `regex`, `email({ pattern })` and `stringFormat` are not. */
function isUserWritten(def: Definition, format: string): boolean {
  if (format === "regex" || format === "email") return true;
  return typeof def.fn === "function" && !zodStringFormats.test(format);
}

const zodStringFormats =
  /^(?:hostname|hex|currency_code|(?:md5|sha1|sha256|sha384|sha512)_(?:hex|base64|base64url))$/;

/** `when` decides whether the check runs at all. zod's own only looks for a length; it has this text in every build. */
function ordinaryWhen(when: unknown): boolean {
  return typeof when === "function" && /\bval\.length !== undefined\b/.test(String(when));
}

/** By its text and by what it does: both must be zod's own `trim`. */
function isTrim(transform: unknown): boolean {
  if (typeof transform !== "function" || String(transform) !== "(input) => input.trim()") return false;
  const probes = [" a ", "\u00a0\ufeff\u2028a\t", "\u0085a", "a\0", ""];
  return probes.every((text) => transform(text) === text.trim());
}

function overwriteName(transform: unknown): string {
  const name = /^\(input\) => (?:input\.|util\.)(\w+)\(/.exec(String(transform))?.[1];
  return name === undefined ? ".overwrite()" : `.${name}()`;
}

function read(
  handle: Handle,
  def: Definition,
  keys: readonly string[],
  check: CheckDefinition,
): CheckDefinition {
  if (def.abort === true) return unknown(handle, "the option abort of this check");
  return readWithAbort(handle, def, keys, check);
}

function readWithAbort(
  handle: Handle,
  def: Definition,
  keys: readonly string[],
  check: CheckDefinition,
): CheckDefinition {
  const stranger = strangeKey(def, [...keys, ...common]);
  return stranger === undefined ? check : unknown(handle, `the option ${stranger} of this check`);
}

function unknown(handle: Handle, name: string): CheckDefinition {
  return { kind: "unknown", name, handle };
}

/** The first key of a definition that nothing here reads and that is set: it may mean anything. */
export function strangeKey(def: Definition, known: readonly string[]): string | undefined {
  return Object.keys(def).find((key) => !known.includes(key) && def[key] !== undefined);
}
