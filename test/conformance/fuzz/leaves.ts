import fc from "fast-check";
import type { Random } from "./random.js";

/** A schema as source text, with a way to make documents that are valid or nearly so. */
export interface Sketch {
  readonly source: string;
  readonly value: (random: Random) => unknown;
}

const WORDS = [
  "",
  "a",
  "ab",
  "abc",
  "abcd",
  "hello world",
  " a ",
  "A",
  "Ab1",
  "ABC",
  "é",
  "e\u0301",
  "😀",
  "a😀b",
  "x\ny",
  "\n",
  "\t",
  "0",
  "1",
  "12",
  "001",
  "1.5",
  "-1",
  "true",
  "null",
  "__proto__",
  "constructor",
  "\u00a0",
  "\ufeffa",
  "ſ",
  "K",
  "\u0000",
  "日本語",
  "aaaaaaaaaaaaaaaaaaaa",
  "foo-bar_baz",
  "a.b.c",
  "#{x}",
  "\\",
  '"',
  "/",
];

/** Format → what is valid, nearly valid and odd. */
const FORMATS: Readonly<Record<string, readonly string[]>> = {
  "z.email()": [
    "a@b.co",
    "a.b+c@d-e.org",
    "a@b",
    ".a@b.co",
    "a..b@c.de",
    "a@-b.co",
    "A@B.CO",
    "é@b.co",
    "a@b.c",
  ],
  "z.uuid()": [
    "123e4567-e89b-12d3-a456-426614174000",
    "00000000-0000-0000-0000-000000000000",
    "123e4567-e89b-92d3-a456-426614174000",
    "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "123E4567-E89B-12D3-A456-426614174000",
  ],
  "z.uuidv4()": ["936da01f-9abd-4d9d-80c7-02af85c822a8", "123e4567-e89b-12d3-a456-426614174000"],
  "z.guid()": ["123e4567-e89b-92d3-0456-426614174000", "123e4567e89b92d30456426614174000"],
  "z.iso.datetime()": [
    "2024-02-29T00:00:00Z",
    "2023-02-29T00:00:00Z",
    "2024-01-01T23:59:59.123456Z",
    "2024-01-01T00:00Z",
    "2024-01-01T24:00:00Z",
    "2024-01-01T00:00:00+00:00",
    "2024-01-01t00:00:00z",
    "1900-02-29T00:00:00Z",
    "2000-02-29T00:00:00Z",
  ],
  "z.iso.datetime({ offset: true })": [
    "2024-01-01T00:00:00+02:00",
    "2024-01-01T00:00:00+0200",
    "2024-01-01T00:00:00+24:00",
    "2024-01-01T00:00:00-23:59",
    "2024-01-01T00:00+02:00",
  ],
  "z.iso.datetime({ local: true })": [
    "2024-01-01T00:00:00",
    "2024-01-01T00:00",
    "2024-01-01T00:00Z",
    "2024-01-01T00:00:00Z",
  ],
  "z.iso.datetime({ precision: 3 })": [
    "2024-01-01T00:00:00.123Z",
    "2024-01-01T00:00:00.12Z",
    "2024-01-01T00:00:00Z",
  ],
  "z.iso.date()": ["2024-02-29", "2023-02-29", "2024-13-01", "2024-04-31", "0000-01-01", "10000-01-01"],
  "z.iso.time()": ["00:00:00", "23:59:59.999", "24:00:00", "12:30", "12:30:60"],
  "z.iso.time({ precision: -1 })": ["12:30", "12:30:00"],
  "z.iso.duration()": [
    "P1D",
    "PT1H",
    "P1Y2M3DT4H5M6S",
    "P",
    "PT",
    "P1W",
    "P1W2D",
    "PT0.5S",
    "PT1,5S",
    "-P1D",
  ],
  "z.ipv4()": ["1.2.3.4", "255.255.255.255", "256.1.1.1", "01.2.3.4", "1.2.3"],
  "z.ipv6()": [
    "::1",
    "::",
    "1:2:3:4:5:6:7:8",
    "::ffff:1.2.3.4",
    "1::2::3",
    "12345::",
    "fe80::1%eth0",
    "1:2:3:4:5:6:7::",
    "::1\n",
  ],
  "z.cidrv4()": ["10.0.0.0/8", "10.0.0.0/33", "10.0.0.0", "10.0.0.0/08"],
  "z.cidrv6()": ["::/0", "::1/128", "::1/129", "::1/00", "::1"],
  "z.mac()": ["00:1A:2B:3C:4D:5E", "00:1a:2b:3c:4d:5e", "00:1A:2b:3C:4D:5E", "00-1A-2B-3C-4D-5E"],
  "z.base64()": ["", "YQ==", "YWI=", "YWJj", "YQ=", "YQ", "Y===", "YW Jj"],
  "z.base64url()": ["", "YQ", "YWI", "YWJj", "YQ==", "Y", "-_-_"],
  "z.nanoid()": ["V1StGXR8_Z5jdHi6B-myT", "V1StGXR8_Z5jdHi6B-my"],
  "z.cuid()": ["cjld2cjxh0000qzrmn831i7rn", "Cjld2cj", "xjld2cj"],
  "z.cuid2()": ["tz4a98xxat96iws9zmbrgj3a", "A", ""],
  "z.ulid()": ["01ARZ3NDEKTSV4RRFFQ69G5FAV", "81ARZ3NDEKTSV4RRFFQ69G5FAV", "01ARZ3NDEKTSV4RRFFQ69G5FAI"],
  "z.xid()": ["9m4e2mr0ui3e8a215n4g", "9m4e2mr0ui3e8a215n4z"],
  "z.ksuid()": ["0ujsswThIGTUYm2K8FjOOfXtY1K", "0ujsswThIGTUYm2K8FjOOfXtY1"],
  "z.emoji()": ["😀", "👍🏽", "1", "👨‍👩‍👧", "1️⃣", "a😀", "❤️"],
  "z.e164()": ["+14155552671", "+0123456", "14155552671", "+123"],
  "z.hostname()": ["a.example", "a", "-a", "a-", "a..b", "a.", "xn--bcher-kva.example"],
  "z.hex()": ["", "09afAF", "0g"],
  'z.hash("md5")': ["d41d8cd98f00b204e9800998ecf8427e", "d41d"],
  'z.hash("sha256", { enc: "base64" })': ["47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "47DE"],
  "z.creditCard()": [
    "4111111111111111",
    "4111 1111 1111 1111",
    "4111111111111112",
    "4111-1111-1111-1111",
    "41111111 1111 1111",
  ],
  "z.iban()": [
    "GB82WEST12345698765432",
    "GB82WEST12345698765433",
    "DE89370400440532013000",
    "de89370400440532013000",
  ],
  "z.currencyCode()": ["EUR", "XXX", "AAA", "eur"],
};

/** Patterns that people write, and those on which engines differ. */
const PATTERNS = [
  "/^[a-z]+$/",
  "/^a/",
  "/b$/",
  "/^.$/",
  "/^.{2}$/u",
  "/^.$/s",
  "/^\\s+$/",
  "/\\S/",
  "/^\\d+$/",
  "/^\\w+$/",
  "/\\bfoo\\b/",
  "/^a$/m",
  "/^[^a]$/",
  "/^[^a]+$/u",
  "/^k$/i",
  "/^k$/iu",
  "/^s$/iu",
  "/^ß$/i",
  "/^\\p{L}+$/u",
  "/^\\p{Lu}/u",
  "/^[\\p{L}&&[a-z]]+$/v",
  "/^(?!.*x)[a-z]*$/",
  "/(?<=a)b/",
  "/(?<!a)b/",
  "/^(?:a|ab)(?:c|bcd)*$/",
  "/^a{2,3}$/",
  "/^a{2}?$/",
  "/^a+?$/",
  "/^[\\w.-]+$/",
  "/^#[0-9a-f]{6}$/i",
  "/^\\u{1F600}$/u",
  "/😀/",
  "/^[😀-😂]$/u",
  "/[\\ud83d]/",
  "/^$/",
  "/|/",
  "/[]/",
  "/[^]/",
  "/^\\0$/",
  "/a.c/",
  "/\\//",
  "/^[+-]?\\d+(?:\\.\\d+)?$/",
  "/^(?<year>\\d{4})-(?<month>\\d{2})$/",
  "/^\\cJ$/",
  "/^[\\b]$/",
  "/{,3}/",
  "/^x*$/g",
  "/b/y",
];

const checked = (calls: readonly string[]) => `z.string()${calls.join("")}`;
const length = fc.integer({ min: 0, max: 5 });

const stringCall = fc.oneof(
  length.map((n) => `.min(${n})`),
  length.map((n) => `.max(${n})`),
  length.map((n) => `.length(${n})`),
  fc.constantFrom(...PATTERNS).map((pattern) => `.regex(${pattern})`),
  fc.constantFrom(...PATTERNS.slice(0, 6)).map((pattern) => `.regex(${pattern}, { abort: true })`),
  fc.constantFrom("a", "é", "😀", "").map((text) => `.startsWith(${JSON.stringify(text)})`),
  fc.constantFrom("c", "\n", "b").map((text) => `.endsWith(${JSON.stringify(text)})`),
  fc.constantFrom("b", " ", "😀").map((text) => `.includes(${JSON.stringify(text)})`),
  fc.constantFrom(".lowercase()", ".uppercase()", ".email()", ".nonempty()"),
);

/** What is no string but has a length, which zod's length checks look at all the same. */
const LONG_OTHERS = [
  [],
  [1],
  [1, 2, 3],
  new Map([["length", 1]]),
  new Map<string, unknown>([["length", "2"]]),
];

/** Mostly a word that fits; now and then another, or something that is no string. */
const words = (pool: readonly string[]) => (random: Random) => {
  if (random.chance(0.05)) return random.pick<unknown>(LONG_OTHERS);
  return random.pick(random.chance(0.8) ? pool : WORDS);
};

export const strings: fc.Arbitrary<Sketch> = fc.oneof(
  fc
    .tuple(fc.boolean(), fc.array(stringCall, { maxLength: 3 }))
    .map(([trim, calls]) => ({ source: checked(trim ? [".trim()", ...calls] : calls), value: words(WORDS) })),
  fc.constantFrom(...Object.entries(FORMATS)).map(([source, samples]) => ({ source, value: words(samples) })),
  fc.constantFrom(
    {
      source: 'z.templateLiteral(["id-", z.int()])',
      value: words(["id-1", "id--1", "id-", "id-1.5", "id-1\n"]),
    },
    {
      source: 'z.templateLiteral([z.enum(["a", "b"]), ":", z.string().min(1)])',
      value: words(["a:x", "b:", "c:x", "a:\n", "a:x\ny"]),
    },
    { source: 'z.stringFormat("even", /^(?:..)*$/)', value: words(["ab", "a", "", "😀"]) },
  ),
);

const NUMBERS = [
  0, 1, -1, 2, 3, 5, 7, 10, 100, 0.1, 0.2, 0.3, 0.5, 1.5, -1.5, 2.03, 0.07, 1e21, 1e300, 1e-7, 4294967295,
  4294967296, 2147483647, 2147483648, -2147483649, 9007199254740991, 9007199254740992, -9007199254740992,
  3.4028234663852886e38, 3.5e38, 1.7976931348623157e308, 5e-324, -0,
];

const numberCall = fc.oneof(
  fc
    .constantFrom("min", "max", "gt", "lt", "gte", "lte")
    .chain((name) =>
      fc.constantFrom(0, 1, 1.5, -1, 5, 9007199254740992, 1e21).map((bound) => `.${name}(${bound})`),
    ),
  fc.constantFrom(1, 2, 5, 0.1, 0.01, 0.07, 1e-7, 3, 0).map((step) => `.multipleOf(${step})`),
  fc.constantFrom(
    ".int()",
    ".positive()",
    ".negative()",
    ".nonnegative()",
    ".nonpositive()",
    ".finite()",
    ".safe()",
  ),
);

export const numbers: fc.Arbitrary<Sketch> = fc
  .tuple(
    fc.constantFrom(
      "z.number()",
      "z.number()",
      "z.int()",
      "z.int32()",
      "z.uint32()",
      "z.float32()",
      "z.float64()",
    ),
    fc.array(numberCall, { maxLength: 2 }),
  )
  .map(([base, calls]) => ({ source: base + calls.join(""), value: (random) => random.pick(NUMBERS) }));

export const constants: fc.Arbitrary<Sketch> = fc.constantFrom<Sketch>(
  { source: "z.boolean()", value: (random) => random.chance(0.5) },
  { source: "z.null()", value: () => null },
  { source: "z.never()", value: () => null },
  { source: "z.any()", value: anything },
  { source: "z.unknown()", value: anything },
  { source: "z.json()", value: anything },
  { source: 'z.literal("a")', value: (random) => random.pick(["a", "A", "b"]) },
  {
    source: 'z.literal(["a", 1, true, null])',
    value: (random) => random.pick(["a", 1, true, null, "1", 0, false]),
  },
  { source: "z.literal(0)", value: (random) => random.pick([0, -0, "0", false, null]) },
  { source: "z.literal(1.5)", value: (random) => random.pick([1.5, 1, 2]) },
  { source: 'z.enum(["info", "warning"])', value: (random) => random.pick(["info", "warning", "Info"]) },
  {
    source: 'z.enum(["a", "b", "c", "d", "e", "é"])',
    value: (random) => random.pick(["a", "e", "é", "e\u0301", "f"]),
  },
  { source: 'z.enum({ A: 1, B: 2, C: "c" })', value: (random) => random.pick([1, 2, "c", "A", 3]) },
  { source: "z.string().pipe(z.email())", value: words(["a@b.co", "a"]) },
  {
    source: 'z.string().trim().pipe(z.string().max(3)).pipe(z.literal("abc"))',
    value: words([" abc ", "abc", "abcd", "ab"]),
  },
  { source: "z.number().max(5).pipe(z.int())", value: (random) => random.pick(NUMBERS) },
);

/** Any JSON, small. Objects are Maps. */
export function anything(random: Random, depth = 0): unknown {
  const kind = random.below(depth > 2 ? 5 : 8);
  if (kind === 0) return null;
  if (kind === 1) return random.chance(0.5);
  if (kind === 2 || kind === 3) return random.pick(WORDS);
  if (kind === 4) return random.pick(NUMBERS);
  const size = random.below(4);
  if (kind === 5) return Array.from({ length: size }, () => anything(random, depth + 1));
  const keys = ["a", "b", "length", "__proto__", "constructor", "1", "0", "kind", "é"];
  return new Map(
    Array.from({ length: size }, () => [random.pick(keys), anything(random, depth + 1)] as const),
  );
}
