import type { StringCheck } from "../../../model/nodes.js";

/** zod's English names of formats; what is not in it is named as it is. */
const FORMAT_NAMES: Readonly<Record<string, string>> = {
  email: "email address",
  url: "URL",
  uuid: "UUID",
  uuidv4: "UUIDv4",
  uuidv6: "UUIDv6",
  guid: "GUID",
  ulid: "ULID",
  xid: "XID",
  ksuid: "KSUID",
  datetime: "ISO datetime",
  date: "ISO date",
  time: "ISO time",
  duration: "ISO duration",
  ipv4: "IPv4 address",
  ipv6: "IPv6 address",
  mac: "MAC address",
  cidrv4: "IPv4 range",
  cidrv6: "IPv6 range",
  base64: "base64-encoded string",
  base64url: "base64url-encoded string",
  json_string: "JSON string",
  e164: "E.164 number",
  currency_code: "currency code",
  credit_card: "credit card number",
  iban: "IBAN",
  jwt: "JWT",
  template_literal: "input",
};

type Scalar = string | number | boolean | null;

function quote(value: Scalar): string {
  return typeof value === "string" ? `"${value}"` : String(value);
}

export function invalidFormat(check: Extract<StringCheck, { kind: "pattern" | "checksum" }>): string {
  if (check.format === "regex") {
    return `Invalid string: must match pattern /${check.pattern.source}/${check.pattern.flags}`;
  }
  return `Invalid ${FORMAT_NAMES[check.format] ?? check.format}`;
}

export function invalidValue(values: readonly Scalar[]): string {
  const [only] = values;
  if (values.length === 1 && only !== undefined) return `Invalid input: expected ${quote(only)}`;
  return `Invalid option: expected one of ${values.map(quote).join("|")}`;
}

export function tooSmall(origin: string, comparison: string, bound: number, unit?: string): string {
  return outOfBounds("Too small", origin, comparison, bound, unit);
}

export function tooBig(origin: string, comparison: string, bound: number, unit?: string): string {
  return outOfBounds("Too big", origin, comparison, bound, unit);
}

function outOfBounds(
  fault: string,
  origin: string,
  comparison: string,
  bound: number,
  unit?: string,
): string {
  const verb = unit === undefined ? "to be" : "to have";
  return `${fault}: expected ${origin} ${verb} ${comparison}${bound}${unit === undefined ? "" : ` ${unit}`}`;
}

export function invalidDiscriminator(values: readonly Scalar[]): string {
  return `Invalid discriminator value. Expected ${values.map((value) => `'${value}'`).join(" | ")}`;
}
