import { StructureKind } from "ts-morph";
import type { ChannelNode, ContractNode } from "../../model/nodes.js";
import { propertyKey, stringLiteral } from "./literals.js";
import type { Statement } from "./source-file.js";

/** How `server/index.ts` imports what it puts together: module specifiers, relative to it. */
export interface ServerModules {
  readonly gateway: string;
  schema(channel: ChannelNode): string;
  /** `null` where the channel has no handler file and needs none. */
  handlers(channel: ChannelNode): string | null;
}

/** `server/index.ts`: the server that `signalbox start` runs. A handler file that is missing is a compile error here. */
export function serverIndexStatements(contract: ContractNode, modules: ServerModules): Statement[] {
  return [
    {
      kind: StructureKind.ImportDeclaration,
      isTypeOnly: true,
      namedImports: ["Server"],
      moduleSpecifier: "signalbox/gateway",
    },
    { kind: StructureKind.ImportDeclaration, defaultImport: "gateway", moduleSpecifier: modules.gateway },
    ...contract.channels.flatMap((channel): Statement[] => {
      const handlers = modules.handlers(channel);
      return [
        {
          kind: StructureKind.ImportDeclaration,
          namedImports: [{ name: channel.source.exportName, alias: `${channel.identifier}Channel` }],
          moduleSpecifier: modules.schema(channel),
        },
        ...(handlers === null
          ? []
          : [
              {
                kind: StructureKind.ImportDeclaration as const,
                defaultImport: `${channel.identifier}Handlers`,
                moduleSpecifier: handlers,
              },
            ]),
      ];
    }),
    `\nconst server: Server = ${serverText(contract, modules)};`,
    "\nexport default server;",
  ];
}

function serverText(contract: ContractNode, modules: ServerModules): string {
  return [
    "{",
    `  kind: "server",`,
    `  fingerprint: ${stringLiteral(contract.fingerprint)},`,
    `  zodVersion: ${stringLiteral(contract.zodVersion)},`,
    `  zodProbes: ${stringLiteral(contract.zodProbes)},`,
    "  gateway,",
    "  channels: [",
    ...contract.channels.map((channel) => channelText(channel, modules)),
    "  ],",
    "}",
  ].join("\n");
}

function channelText(channel: ChannelNode, modules: ServerModules): string {
  const events = channel.events.map(
    (event) => `${propertyKey(event.name)}: ${stringLiteral(event.payload.fingerprint)}`,
  );
  return [
    "    {",
    `      name: ${stringLiteral(channel.name)},`,
    `      identifier: ${stringLiteral(channel.identifier)},`,
    `      channel: ${channel.identifier}Channel,`,
    `      events: ${events.length > 0 ? `{ ${events.join(", ")} }` : "{}"},`,
    `      handlers: ${modules.handlers(channel) === null ? "null" : `${channel.identifier}Handlers`},`,
    "    },",
  ].join("\n");
}
