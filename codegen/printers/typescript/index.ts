/**
 * Model → TypeScript. The only folder that imports ts-morph; whoever needs it imports it lazily.
 */
import { StructureKind, VariableDeclarationKind } from "ts-morph";
import type { ContractNode } from "../../model/nodes.js";
import { declaredBrands, importedBrands } from "./brands.js";
import { clientStatements } from "./client-declarations.js";
import { typeDeclarations } from "./declarations.js";
import { nameTypes } from "./names.js";
import { handlersStatements } from "./server-handlers.js";
import { type ServerModules, serverIndexStatements } from "./server-index.js";
import { createSourceFilePrinter } from "./source-file.js";

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
  const print = createSourceFilePrinter();
  const names = nameTypes(contract, declaredNames(clientTypes));
  return {
    types: print("types.ts", [
      ...importedBrands(contract),
      ...typeDeclarations(contract, { names, prefix: "" }),
    ]),
    handlers: print(
      "handlers.ts",
      handlersStatements(contract, { names, prefix: "contract." }, modules.gateway),
    ),
    index: print("index.ts", serverIndexStatements(contract, modules)),
  };
}

/** The text of `client/realtime.d.ts`, without a banner: self-contained, it imports nothing. */
export function printClientDeclarations(contract: ContractNode, clientTypes: string): string {
  const print = createSourceFilePrinter();
  const scope = { names: nameTypes(contract, declaredNames(clientTypes)), prefix: "" };
  const declarations = print("realtime.d.ts", [
    ...declaredBrands(contract),
    ...typeDeclarations(contract, scope),
    ...clientStatements(contract, scope),
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
  return `${clientTypes.trimEnd()}\n\n${declarations}`;
}

/** Every name that these declarations give to something. */
function declaredNames(declarations: string): ReadonlySet<string> {
  const found = declarations.matchAll(
    /^(?:export )?(?:declare )?(?:interface|type|class|function|const) (\w+)/gm,
  );
  return new Set([...Array.from(found, ([, name = ""]) => name), "Channels"]);
}
