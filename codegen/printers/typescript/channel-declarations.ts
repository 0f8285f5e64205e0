import { type InterfaceDeclarationStructure, type StatementStructures, StructureKind } from "ts-morph";
import type { ChannelNode, ParameterNode } from "../../model/nodes.js";
import { docs } from "./documentation.js";
import { propertyKey } from "./literals.js";
import { channelNames } from "./names.js";
import { parameterType, type Side, type TypeScope, typeText } from "./types.js";

/**
 * `RoomParams`, `RoomEvents` and `RoomCommands`, as far as the channel has them. The browser and the gateway see the two
 * sides of a command: what one writes, the other reads.
 */
export function channelDeclarations(
  channel: ChannelNode,
  parameters: readonly ParameterNode[],
  commandSides: { readonly input: Side; readonly output: Side; readonly acknowledged: string },
  scope: TypeScope,
): StatementStructures[] {
  const names = channelNames(channel.identifier);
  const declarations: InterfaceDeclarationStructure[] = [
    {
      kind: StructureKind.Interface,
      name: names.params,
      isExported: true,
      docs: [`The parameters of \`${channel.pattern}\`.`],
      properties: parameters.map((parameter) => ({
        name: propertyKey(parameter.name),
        type: parameterType(parameter.node),
        docs: docs(parameter.documentation),
      })),
    },
    {
      kind: StructureKind.Interface,
      name: names.events,
      isExported: true,
      docs: [`What subscribers of \`${channel.pattern}\` receive.`],
      properties: channel.events.map((event) => ({
        name: propertyKey(event.name),
        type: typeText(event.payload.node, "output", scope),
        docs: docs(event.documentation),
      })),
    },
    {
      kind: StructureKind.Interface,
      name: names.commands,
      isExported: true,
      docs: [`What a browser can ask of \`${channel.pattern}\`.`],
      properties: channel.commands.map(({ name, input, output, documentation }) => {
        const answer =
          output === null ? commandSides.acknowledged : typeText(output.node, commandSides.output, scope);
        return {
          name: propertyKey(name),
          type: `{ input: ${typeText(input.node, commandSides.input, scope)}; output: ${answer} }`,
          docs: docs(documentation),
        };
      }),
    },
  ];
  return declarations.filter(({ properties }) => properties !== undefined && properties.length > 0);
}
