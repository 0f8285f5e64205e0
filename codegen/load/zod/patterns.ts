/**
 * Patterns that say what zod decides by code. Each is compared with zod itself on many random strings in
 * `test/model/zod-formats.test.ts`.
 */

const h16 = "[0-9a-fA-F]{1,4}";
const octet = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])";
const ipv4 = `(?:${octet}\\.){3}${octet}`;
const ls32 = `(?:${h16}:${h16}|${ipv4})`;

/** RFC 4291 with the dotted tail, and `::` for one group or more, as the URL parser has it. */
const ipv6Text = [
  `(?:${h16}:){6}${ls32}`,
  `::(?:${h16}:){0,5}${ls32}`,
  `${h16}::(?:${h16}:){0,4}${ls32}`,
  `(?:${h16}:){1}${h16}::(?:${h16}:){0,3}${ls32}`,
  `(?:${h16}:){2}${h16}::(?:${h16}:){0,2}${ls32}`,
  `(?:${h16}:){3}${h16}::(?:${h16}:){0,1}${ls32}`,
  `(?:${h16}:){4}${h16}::${ls32}`,
  `(?:(?:${h16}:){0,5}${h16})?::${h16}`,
  `(?:(?:${h16}:){0,6}${h16})?::`,
].join("|");

/** By zod's name of the format: what its code accepts, no more and no less. */
export const decidedByCode: Readonly<Record<string, RegExp>> = {
  ipv6: new RegExp(`^(?:${ipv6Text})$`),
  cidrv6: new RegExp(`^(?:${ipv6Text})\\/(?:[0-9]|[1-9][0-9]|1[01][0-9]|12[0-8])$`),
  base64: /^(?:[0-9a-zA-Z+/]{4})*(?:[0-9a-zA-Z+/]{2}==|[0-9a-zA-Z+/]{3}=)?$/,
  base64url: /^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2,3})?$/,
};

/** Formats whose verdict is their pattern, whichever way it was made. */
export const decidedByPattern: ReadonlySet<string> = new Set([
  "guid",
  "uuid",
  "email",
  "emoji",
  "nanoid",
  "cuid",
  "cuid2",
  "ulid",
  "xid",
  "ksuid",
  "datetime",
  "date",
  "time",
  "duration",
  "ipv4",
  "cidrv4",
  "mac",
  "e164",
  "regex",
  "lowercase",
  "uppercase",
]);

/** Pattern, then an algorithm over the text. */
export const decidedByChecksum: Readonly<Record<string, "luhn" | "mod97">> = {
  credit_card: "luhn",
  iban: "mod97",
};
