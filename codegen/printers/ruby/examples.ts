/** A value that a node accepts: what `Events.example` gives tests. */
import { type AST, RegExpParser } from "@eslint-community/regexpp";
import { typeNamed } from "../../model/named-types.js";
import type {
  ContractNode,
  JavaScriptPattern,
  Json,
  NumberNode,
  StringCheck,
  StringNode,
  WireNode,
} from "../../model/nodes.js";

/** Deeper than this only what must be there is there. */
const maximumDepth = 8;

/**
 * The smallest payload that is natural to read: what may stay away does.
 *
 * @returns undefined where none is found, as for a pattern that nothing simple matches
 */
export function exampleOf(node: WireNode, contract: ContractNode, depth = 0): Json | undefined {
  if (depth > maximumDepth) return undefined;
  const inside = (child: WireNode) => exampleOf(child, contract, depth + 1);
  switch (node.kind) {
    case "string":
      return exampleText(node);
    case "number":
      return exampleNumber(node);
    case "boolean":
      return true;
    case "null":
      return null;
    case "never":
      return undefined;
    case "json":
      return "anything";
    case "literal":
      return node.values[0];
    case "array": {
      const [check] = node.checks.filter(({ kind }) => kind !== "maxLength");
      const element = inside(node.element);
      const none = node.checks.some(({ kind, value }) => kind === "maxLength" && value === 0);
      const length = check?.value ?? (none || element === undefined ? 0 : 1);
      return element === undefined && length > 0 ? undefined : Array.from({ length }, () => element ?? null);
    }
    case "tuple":
      return whole(node.items.slice(0, node.required).map(inside));
    case "object": {
      const required = node.properties.filter((property) => property.absent.kind === "missing");
      const values = whole(required.map((property) => inside(property.node)));
      return values && Object.fromEntries(required.map(({ name }, index) => [name, values[index] ?? null]));
    }
    case "record": {
      if (node.keys.kind === "string" || !node.keys.exhaustive) return {};
      const value = inside(node.value);
      return value === undefined
        ? undefined
        : Object.fromEntries(node.keys.names.map((name) => [name, value]));
    }
    case "union":
      return first(node.options, inside);
    case "discriminatedUnion":
      return first(
        node.options.map((option) => option.node),
        inside,
      );
    case "intersection": {
      const [left, right] = [inside(node.left), inside(node.right)];
      return isObject(left) && isObject(right) ? { ...left, ...right } : undefined;
    }
    case "nullable":
      return inside(node.node) ?? null;
    case "pipe":
      return examplePipe(node.from, node.into);
    case "reference": {
      const type = typeNamed(contract, node.name);
      return type && inside(type.node);
    }
    default:
      return node satisfies never;
  }
}

function first(
  options: readonly WireNode[],
  example: (node: WireNode) => Json | undefined,
): Json | undefined {
  for (const option of options) {
    const value = example(option);
    if (value !== undefined) return value;
  }
  return undefined;
}

function whole(values: readonly (Json | undefined)[]): readonly Json[] | undefined {
  return values.every((value) => value !== undefined) ? values : undefined;
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function examplePipe(from: WireNode, into: WireNode): Json | undefined {
  if (from.kind === "string" && into.kind === "string") {
    return exampleText({ kind: "string", trim: false, checks: [...from.checks, ...into.checks] });
  }
  if (from.kind === "number" && into.kind === "number") {
    return exampleNumber({ kind: "number", integer: false, checks: [...from.checks, ...into.checks] });
  }
  return undefined;
}

function exampleNumber(node: NumberNode): number | undefined {
  const bounds = node.checks.flatMap((check) => ("value" in check ? [check.value] : []));
  const candidates = [
    1,
    10,
    0,
    -1,
    0.5,
    ...bounds.flatMap((bound) => [bound, bound + 1, bound - 1, bound + 0.5, bound - 0.5]),
  ];
  return candidates.find((candidate) =>
    node.checks.every((check) => {
      switch (check.kind) {
        case "min":
          return check.inclusive ? candidate >= check.value : candidate > check.value;
        case "max":
          return check.inclusive ? candidate <= check.value : candidate < check.value;
        case "multipleOf":
          return Number.isInteger(candidate / check.value);
        case "integer":
          return Number.isInteger(candidate) && (check.format !== "uint32" || candidate >= 0);
        case "float":
          return Math.fround(candidate) === candidate;
        default:
          return check satisfies never;
      }
    }),
  );
}

// What people recognise; the first that passes every check is taken.
const texts = [
  "example",
  "2026-01-02T03:04:05Z",
  "2026-01-02T03:04:05.678Z",
  "2026-01-02",
  "03:04:05",
  "P1D",
  "ada@example.org",
  "https://example.org/",
  "example.org",
  "0190aaaa-0000-4000-8000-000000000000",
  "1",
  "1.5",
  "EUR",
  "en",
  "#000000",
  "+4915112345678",
  "127.0.0.1",
  "::1",
  "10.0.0.0/8",
  "aGVsbG8=",
  "4111111111111111",
  "DE89370400440532013000",
  "cjld2cjxh0000qzrmn831i7rn",
  "\u{1F600}",
];

function exampleText(node: StringNode): string | undefined {
  const patterns = node.checks.flatMap((check) => ("pattern" in check ? [check.pattern] : []));
  const part = (kind: "startsWith" | "includes" | "endsWith") =>
    node.checks.map((check) => (check.kind === kind ? check.value : "")).join("");
  const [start, middle, end] = [part("startsWith"), part("includes"), part("endsWith")];
  const lengths = node.checks.flatMap((check) =>
    "value" in check && typeof check.value === "number" ? [check.value] : [],
  );
  const candidates = [
    ...texts,
    `${start}example${middle}${end}`,
    `${start}${middle}${end}`,
    ...[0, 1, 4, 10, 30].flatMap((more) => patterns.map((pattern) => sample(pattern, more))),
    ...lengths
      .filter((length) => length <= 10_000)
      .flatMap((length) => ["x".repeat(length), "1".repeat(length)]),
  ];
  return candidates.find((text) => node.checks.every((check) => passes(text, check)));
}

function passes(text: string, check: StringCheck): boolean {
  const length = [...text].length;
  switch (check.kind) {
    case "minLength":
      return length >= check.value;
    case "maxLength":
      return length <= check.value;
    case "exactLength":
      return length === check.value;
    case "startsWith":
      return text.startsWith(check.value);
    case "endsWith":
      return text.endsWith(check.value);
    case "includes":
      return text.includes(check.value);
    case "pattern":
    case "checksum":
      return new RegExp(check.pattern.source, check.pattern.flags).test(text);
    default:
      return check satisfies never;
  }
}

const members = [..."a1A0-_. xXzZ:/@#+"];

/**
 * A text of a pattern's first alternatives. Assertions are not heeded: it is tried before it is used.
 *
 * @param more how many times more than it must be a repetition is repeated
 */
function sample({ source, flags }: JavaScriptPattern, more: number): string {
  const unicode = { unicode: flags.includes("u"), unicodeSets: flags.includes("v") };
  const write = (node: AST.Element | AST.QuantifiableElement): string => {
    switch (node.type) {
      case "Character":
        return String.fromCodePoint(node.value);
      case "CharacterClass":
      case "ExpressionCharacterClass":
      case "CharacterSet":
        return members.find((character) => new RegExp(`^(?:${node.raw})$`, flags).test(character)) ?? "";
      case "Group":
      case "CapturingGroup":
        return (node.alternatives[0]?.elements ?? []).map(write).join("");
      case "Quantifier":
        return write(node.element).repeat(Math.min(node.min + more, node.max, 1_000));
      case "Assertion":
      case "Backreference":
        return "";
      default:
        return node satisfies never;
    }
  };
  const [alternative] = new RegExpParser().parsePattern(source, 0, source.length, unicode).alternatives;
  return (alternative?.elements ?? []).map(write).join("");
}
