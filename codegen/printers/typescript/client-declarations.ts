import { StructureKind } from "ts-morph";
import type { ChannelNode, ContractNode } from "../../model/nodes.js";
import { channelDeclarations } from "./channel-declarations.js";
import { docs } from "./documentation.js";
import { propertyKey } from "./literals.js";
import { channelNames } from "./names.js";
import type { Statement } from "./source-file.js";
import type { TypeScope } from "./types.js";

/** The contract's part of `client/realtime.d.ts`; the declarations of the client's core stand before it. */
export function clientStatements(contract: ContractNode, scope: TypeScope): Statement[] {
  return [
    ...contract.channels.flatMap((channel) => channelStatements(channel, scope)),
    {
      kind: StructureKind.Interface,
      name: "Channels",
      isExported: true,
      docs: ["The channels of the contract."],
      properties: contract.channels.map((channel) => ({
        name: propertyKey(channel.identifier),
        type: channelNames(channel.identifier).channel,
        docs: docs(channel.documentation),
      })),
    },
  ];
}

function channelStatements(channel: ChannelNode, scope: TypeScope): Statement[] {
  // What the gateway fills from the connected user, the page cannot give.
  const given = channel.parameters.filter((parameter) => parameter.name !== channel.perUser);
  const names = channelNames(channel.identifier);
  return [
    ...channelDeclarations(
      channel,
      given,
      { input: "input", output: "output", acknowledged: "undefined" },
      scope,
    ),
    {
      kind: StructureKind.Interface,
      name: names.channel,
      isExported: true,
      docs: docs(channel.documentation, `The channel \`${channel.pattern}\`.`),
      properties: [
        { name: "params", type: given.length > 0 ? names.params : "null" },
        { name: "events", type: channel.events.length > 0 ? names.events : "{}" },
        { name: "commands", type: channel.commands.length > 0 ? names.commands : "{}" },
      ],
    },
  ];
}
