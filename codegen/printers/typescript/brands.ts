import { StructureKind } from "ts-morph";
import type { ContractNode, StringNode } from "../../model/nodes.js";
import { nodesOf } from "../../model/parts.js";
import type { Statement } from "./source-file.js";

/** The types of `wire.timestamp()` and its like: text on the wire, told apart from other text once it is validated. */
const brands = {
  timestamp: { name: "Timestamp", doc: "A moment in UTC as ISO 8601. `toDate` makes a `Date` of it." },
  date: {
    name: "CalendarDate",
    doc: "A day without a time: `2026-11-25`. `toDate` makes midnight UTC of it.",
  },
  decimal: { name: "Decimal", doc: "A decimal number as text, with all its digits." },
  bigint: { name: "BigIntText", doc: "An integer of any size as text. `toBigInt` makes a `bigint` of it." },
  url: { name: "UrlText", doc: "An absolute http or https address." },
} as const;

/** `null` where a string is just a string, or an id. */
export function brandOf({ meaning }: StringNode): string | null {
  return meaning === undefined || meaning === "id" ? null : brands[meaning].name;
}

/** Names of the brands that a contract uses, sorted. */
export function brandsIn(contract: ContractNode): string[] {
  const names = new Set<string>();
  for (const node of nodesOf(contract)) {
    const brand = node.kind === "string" ? brandOf(node) : null;
    if (brand !== null) names.add(brand);
  }
  return [...names].sort();
}

/** On the server they are those of the `signalbox` package, so that its converters take them. */
export function importedBrands(contract: ContractNode): Statement[] {
  const names = brandsIn(contract);
  if (names.length === 0) return [];
  return [
    {
      kind: StructureKind.ImportDeclaration,
      isTypeOnly: true,
      namedImports: names,
      moduleSpecifier: "signalbox",
    },
    { kind: StructureKind.ExportDeclaration, isTypeOnly: true, namedExports: names },
  ];
}

/** In the browser, where nothing is imported, they are declared. */
export function declaredBrands(contract: ContractNode): Statement[] {
  const names = brandsIn(contract);
  return [
    ...Object.values(brands)
      .filter(({ name }) => names.includes(name))
      .map(
        ({ name, doc }): Statement => ({
          kind: StructureKind.TypeAlias,
          name,
          isExported: true,
          docs: [doc],
          type: `string & { readonly "~wire": "${name}" }`,
        }),
      ),
    ...converters(names).map(
      ({ name, takes, gives }): Statement => ({
        kind: StructureKind.Function,
        name,
        isExported: true,
        hasDeclareKeyword: true,
        parameters: [{ name: "value", type: takes.join(" | ") }],
        returnType: gives,
      }),
    ),
  ];
}

/** The converters of `client/realtime.js` which go with the declarations; empty where the contract needs none. */
export function converterScript(contract: ContractNode): string {
  return converters(brandsIn(contract))
    .map(({ name, text }) => `\nexport const ${name} = (value) => ${text};\n`)
    .join("");
}

function converters(names: readonly string[]) {
  const all = [
    { name: "toDate", takes: ["CalendarDate", "Timestamp"], gives: "Date", text: "new Date(value)" },
    { name: "toBigInt", takes: ["BigIntText"], gives: "bigint", text: "BigInt(value)" },
  ];
  return all
    .map((converter) => ({ ...converter, takes: converter.takes.filter((type) => names.includes(type)) }))
    .filter(({ takes }) => takes.length > 0);
}
