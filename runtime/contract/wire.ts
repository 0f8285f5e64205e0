import { z } from "zod";

/**
 * Schemas for what products need and JSON has no type for. On the wire each is plain JSON that zod, Ruby and the
 * browser check alike; what it *means* reaches the generated code, so that Ruby takes a Time, Date, BigDecimal, Integer
 * or URI for it and TypeScript gives it a type of its own.
 */

/** What a value on the wire stands for. */
export type WireMeaning = "timestamp" | "date" | "decimal" | "bigint" | "url" | "id";

/** A moment in UTC as ISO 8601: `2026-11-25T09:30:00.125Z`. {@link toDate} makes a `Date` of it. */
export type Timestamp = string & z.$brand<"Timestamp">;
/** A day without a time or a zone: `2026-11-25`. */
export type CalendarDate = string & z.$brand<"CalendarDate">;
/** A decimal number of exact digits: `"12.50"`. */
export type Decimal = string & z.$brand<"Decimal">;
/** An integer of any size: `"9007199254740993"`. {@link toBigInt} makes a `bigint` of it. */
export type BigIntText = string & z.$brand<"BigIntText">;
/** An absolute http or https address. */
export type UrlText = string & z.$brand<"UrlText">;

/** Which schema means what. One registry for all copies of this package: codegen looks it up by the same key. */
const key = Symbol.for("signalbox.meanings");

function meanings(): z.core.$ZodRegistry<{ meaning: WireMeaning }> {
  const existing: unknown = Reflect.get(globalThis, key);
  if (existing instanceof z.core.$ZodRegistry) return existing;
  const created = z.registry<{ meaning: WireMeaning }>();
  Reflect.set(globalThis, key, created);
  return created;
}

function meaning<Schema extends z.ZodType>(schema: Schema, what: WireMeaning): Schema {
  meanings().add(schema, { meaning: what });
  return schema;
}

/** How many digits a decimal has at most: `precision` in all, `scale` of them behind the point, as in SQL. */
export interface DecimalOptions {
  readonly precision: number;
  readonly scale: number;
}

/**
 * A moment in UTC: ISO 8601 with seconds and `Z`, fractions allowed. Ruby takes a Time, DateTime or
 * ActiveSupport::TimeWithZone and writes milliseconds.
 */
function timestamp() {
  return meaning(z.iso.datetime().brand<"Timestamp">(), "timestamp");
}

/** A day: `YYYY-MM-DD`. Ruby takes a Date. */
function date() {
  return meaning(z.iso.date().brand<"CalendarDate">(), "date");
}

/**
 * A decimal number as text, so that no digit is lost: `wire.decimal({ precision: 10, scale: 2 })` takes `"-12.5"`. Ruby
 * takes a BigDecimal or an Integer.
 *
 * @throws RangeError unless 1 ≤ precision ≤ 1,000 and 0 ≤ scale ≤ precision
 */
function decimal({ precision, scale }: DecimalOptions) {
  const sound =
    Number.isInteger(precision) && Number.isInteger(scale) && precision >= 1 && precision <= 1_000;
  if (!sound || scale < 0 || scale > precision) {
    throw new RangeError(
      "wire.decimal needs 1 <= precision <= 1000 and 0 <= scale <= precision, whole numbers",
    );
  }
  const digits = precision - scale;
  const whole = digits === 0 ? "0" : digits === 1 ? "\\d" : `(?:0|[1-9]\\d{0,${digits - 1}})`;
  const fraction = scale === 0 ? "" : `(?:\\.\\d{1,${scale}})?`;
  return meaning(
    z
      .string()
      .regex(new RegExp(`^-?${whole}${fraction}$`))
      .brand<"Decimal">(),
    "decimal",
  );
}

/** An integer as text, of up to 78 digits (256 bits). Ruby takes an Integer. */
function bigint() {
  return meaning(
    z
      .string()
      .regex(/^(?:0|-?[1-9]\d{0,77})$/)
      .brand<"BigIntText">(),
    "bigint",
  );
}

const label = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

/** RFC 3986 in ASCII: scheme, host (a name, IPv4 or a bracketed IPv6), port, then path, query and fragment. */
const urlPattern = new RegExp(
  `^https?:\\/\\/(?:${label}(?:\\.${label})*\\.?|\\[[0-9A-Fa-f:.]{2,45}\\])(?::\\d{1,5})?` +
    "(?:[/?#][A-Za-z0-9._~:/?#@!$&'()*+,;=%[\\]-]*)?$",
);

/**
 * An absolute http or https address of up to 2,048 characters, in ASCII (other characters percent-encoded), without a
 * user name. It is taken as it is: nothing is normalised. Ruby takes a URI.
 */
function url() {
  return meaning(z.string().max(2_048).regex(urlPattern).brand<"UrlText">(), "url");
}

function integerId() {
  return meaning(z.int().min(1), "id");
}

function uuidId() {
  return meaning(z.uuid(), "id");
}

type IntegerId = ReturnType<typeof integerId>;
type UuidId = ReturnType<typeof uuidId>;

/**
 * The id of a Rails record: an integer from 1 or a UUID. Say which where you know: `wire.id("integer")` and
 * `wire.id("uuid")` can be parameters of a channel.
 */
function id(): z.ZodUnion<readonly [IntegerId, UuidId]>;
function id(kind: "integer"): IntegerId;
function id(kind: "uuid"): UuidId;
function id(kind?: "integer" | "uuid") {
  if (kind === "integer") return integerId();
  if (kind === "uuid") return uuidId();
  return z.union([integerId(), uuidId()]);
}

/** @see docs/wire-zod.md */
export const wire = { timestamp, date, decimal, bigint, url, id };

/** The moment of a timestamp, or midnight UTC of a day. */
export function toDate(value: Timestamp | CalendarDate): Date {
  return new Date(value);
}

/** The integer of a `wire.bigint()`. */
export function toBigInt(value: BigIntText): bigint {
  return BigInt(value);
}
