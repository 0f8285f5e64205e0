/**
 * Model → TypeScript. The only folder that prints with ts-morph; whoever needs it imports it lazily.
 */
import { StructureKind, VariableDeclarationKind } from "ts-morph";
import type { ContractNode } from "../../model/nodes.js";
import { declaredBrands, importedBrands } from "./brands.js";
import { clientStatements } from "./client-declarations.js";
import { typeDeclarations } from "./declarations.js";
import { nameTypes, type TypeNames } from "./names.js";
import { handlersStatements } from "./server-handlers.js";
import { type ServerModules, serverIndexStatements } from "./server-index.js";
import { createSourceFilePrinter, type SourceFilePrinter } from "./source-file.js";

/** The text of `server/types.ts`, `server/handlers.ts` and `server/index.ts`, without a banner. */
export interface ServerTexts {
  readonly types: string;
  readonly handlers: string;
  readonly index: string;
}

/** @param clientTypes the declarations of the client's core; their names are taken on the server as well */
export function printServer(
  contract: ContractNode,
  modules: ServerModules,
  clientTypes: string,
): ServerTexts {
  const { print, names, types } = common(contract, clientTypes);
  const brands = importedBrands(contract);
  return {
    types: brands.length === 0 ? types : `${print("brands.ts", brands)}\n${types}`,
    handlers: print(
      "handlers.ts",
      handlersStatements(contract, { names, prefix: "contract." }, modules.gateway),
    ),
    index: print("index.ts", serverIndexStatements(contract, modules)),
  };
}

/** The text of `client/realtime.d.ts`, without a banner: self-contained, it imports nothing. */
export function printClientDeclarations(contract: ContractNode, clientTypes: string): string {
  const { print, names, types } = common(contract, clientTypes);
  const client = print("realtime.d.ts", [
    ...declaredBrands(contract),
    ...clientStatements(contract, { names, prefix: "" }),
    {
      kind: StructureKind.Function,
      name: "createRealtime",
      isExported: true,
      hasDeclareKeyword: true,
      typeParameters: [{ name: "C", default: "Record<string, ChannelTypes>" }],
      parameters: [{ name: "contract", type: "Contract<C>" }],
      returnType: "Realtime<C>",
      docs: ["Makes a client with a connection of its own. Opens nothing: the first subscription does."],
    },
    {
      kind: StructureKind.VariableStatement,
      isExported: true,
      hasDeclareKeyword: true,
      declarationKind: VariableDeclarationKind.Const,
      leadingTrivia: "\n",
      docs: [
        "The client of this contract: one connection for the whole page, opened by the first subscription.",
      ],
      declarations: [{ name: "realtime", type: "Realtime<Channels>" }],
    },
  ]);
  return `${clientTypes.trimEnd()}\n\n${types}\n${client}`;
}

interface Common {
  readonly clientTypes: string;
  readonly print: SourceFilePrinter;
  readonly names: TypeNames;
  /** The declarations of the contract's types: the same text on the server and in the browser. */
  readonly types: string;
}

const printed = new WeakMap<ContractNode, Common>();

/** What both sides need of a contract, made once. */
function common(contract: ContractNode, clientTypes: string): Common {
  const existing = printed.get(contract);
  if (existing?.clientTypes === clientTypes) return existing;
  const print = createSourceFilePrinter();
  const names = nameTypes(contract, declaredNames(clientTypes));
  const types = print("types.ts", typeDeclarations(contract, { names, prefix: "" }));
  const made = { clientTypes, print, names, types };
  printed.set(contract, made);
  return made;
}

/** Every name that these declarations give to something. */
function declaredNames(declarations: string): ReadonlySet<string> {
  const found = declarations.matchAll(
    /^(?:export )?(?:declare )?(?:interface|type|class|function|const) (\w+)/gm,
  );
  return new Set([...Array.from(found, ([, name = ""]) => name), "Channels"]);
}
