import type { Handle, SchemaDefinition } from "../definition.js";
import { upperCamelCase } from "../names.js";
import type { DiscriminatedUnionNode, WireNode } from "../nodes.js";
import { type Building, below, type Place, refuse, refused, report, resolve } from "./building.js";
import { isLiteral } from "./scalars.js";

type Definition<Kind> = Extract<SchemaDefinition, { readonly kind: Kind }>;

export function unionNode(
  building: Building,
  schema: Handle,
  definition: Definition<"union">,
  place: Place,
): WireNode {
  if (definition.exclusive) {
    return refuse(building, schema, place, {
      code: "SB1207",
      message: "z.xor(): after a hop has dropped keys or cut text, a second option may match",
    });
  }
  const options = definition.options.map((option, index) =>
    building.build(option, below(place, `|${index + 1}`, `Option${index + 1}`)),
  );
  if (options.includes(refused)) return refused;
  const [first, second] = options;
  if (first === undefined) {
    return refuse(building, schema, place, {
      code: "SB1215",
      message: "z.union([]) accepts nothing",
      fix: "Give the union its options.",
    });
  }
  // zod hands everything to a single option, issues included.
  return second === undefined ? first : { kind: "union", options };
}

type Option = DiscriminatedUnionNode["options"][number];

export function discriminatedUnionNode(
  building: Building,
  schema: Handle,
  definition: Definition<"discriminatedUnion">,
  place: Place,
): WireNode {
  const { discriminator } = definition;
  const before = building.diagnostics.length;
  const wrong = (option: Handle, message: string) =>
    report(building, place.path, building.reader.origin(option), { code: "SB1213", message });
  if (definition.fallback)
    wrong(schema, "unionFallback tries every option where the discriminator does not decide");

  const seen = new Set<unknown>();
  const options: Option[] = [];
  for (const option of definition.options) {
    const values = option.values.filter(isLiteral);
    if (option.values.includes(undefined))
      wrong(option.schema, `${discriminator} is optional in this option`);
    else if (values.length === 0 || values.length < option.values.length) {
      wrong(option.schema, `${discriminator} of this option is no literal of JSON`);
    }
    for (const value of values) {
      if (seen.has(value))
        wrong(option.schema, `${discriminator} ${JSON.stringify(value)} belongs to two options`);
      seen.add(value);
    }
    const label = values.map((value) => upperCamelCase(String(value))).join("") || "Option";
    const node = building.build(option.schema, below(place, `<${String(values[0])}>`, label));
    if (node === refused) return refused;
    if (!isObject(building, node)) wrong(option.schema, "an option that is no object");
    options.push({ values, node });
  }
  return building.diagnostics.length > before
    ? refused
    : { kind: "discriminatedUnion", discriminator, options };
}

function isObject(building: Building, node: WireNode): boolean {
  const { kind } = resolve(building.types, node);
  // A reference that cannot be followed yet is the object that is being built around this one.
  return kind === "object" || kind === "discriminatedUnion" || kind === "reference";
}
