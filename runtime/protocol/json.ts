/**
 * JSON from outside: decided on before anything else looks at it. Sizes, depth and well-formedness are the domain in
 * which zod, Ruby and browsers give one verdict (`docs/wire-zod.md`); what lies outside is refused here.
 */

/** How deep payloads may nest: an array or object counts one. The same as Ruby's `JSON` default. */
export const MAX_DEPTH = 100;

/** Why a text is not JSON that this project carries. Never contains any of the text. */
export type JsonFault = "too_large" | "not_utf8" | "not_json" | "too_deep" | "lone_surrogate" | "not_finite";

export type JsonResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: JsonFault };

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Decodes UTF-8 of at most `maxBytes` bytes. Invalid sequences are refused, not replaced. */
export function decodeUtf8(bytes: Uint8Array, maxBytes: number): JsonResult<string> {
  if (bytes.byteLength > maxBytes) return { ok: false, fault: "too_large" };
  try {
    return { ok: true, value: decoder.decode(bytes) };
  } catch {
    return { ok: false, fault: "not_utf8" };
  }
}

/** Parses JSON text. Depth and surrogates are checked by {@link faultOf} on the part that is a payload. */
export function parseJson(text: string): JsonResult<unknown> {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false, fault: "not_json" };
  }
}

// With the `u` flag a paired surrogate is one code point, so this finds only lone ones.
const loneSurrogate = /\p{Surrogate}/u;

/** Whether the text can be written as UTF-8 without loss. */
export function isWellFormed(text: string): boolean {
  return !loneSurrogate.test(text);
}

/** What is wrong with a parsed value, or `null`. Takes no more stack than {@link MAX_DEPTH} frames. */
export function faultOf(value: unknown, depth = 0): "too_deep" | "lone_surrogate" | "not_finite" | null {
  if (typeof value === "string") return isWellFormed(value) ? null : "lone_surrogate";
  // `1e400` is JSON, but JavaScript reads an infinity, which would go on as null.
  if (typeof value === "number") return Number.isFinite(value) ? null : "not_finite";
  if (typeof value !== "object" || value === null) return null;
  if (depth === MAX_DEPTH) return "too_deep";
  if (Array.isArray(value)) {
    for (const element of value) {
      const fault = faultOf(element, depth + 1);
      if (fault !== null) return fault;
    }
    return null;
  }
  for (const [key, member] of Object.entries(value)) {
    const fault = isWellFormed(key) ? faultOf(member, depth + 1) : "lone_surrogate";
    if (fault !== null) return fault;
  }
  return null;
}

/**
 * The value without own keys named `__proto__`, at any depth; the same object where there are none. `JSON.parse` makes
 * them, zod lets them through inside `z.unknown()`, and code that copies keys by assignment would take them for a
 * prototype. What zod gives may be frozen (`.readonly()`), so nothing is changed in place.
 */
export function withoutProtoKeys(value: unknown): unknown {
  return hasProtoKey(value) ? copyWithoutProtoKeys(value) : value;
}

function hasProtoKey(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasProtoKey);
  if (!isRecord(value)) return false;
  for (const key in value) {
    if (key === "__proto__" || hasProtoKey(value[key])) return true;
  }
  return false;
}

function copyWithoutProtoKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyWithoutProtoKeys);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) =>
      key === "__proto__" ? [] : [[key, copyWithoutProtoKeys(member)]],
    ),
  );
}

/** Whether a parsed value is an object with keys. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An own key's value. Keys of `Object.prototype` are not there. */
export function own(record: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
