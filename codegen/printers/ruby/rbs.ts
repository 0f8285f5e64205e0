import type { ChannelNode, ContractNode, EventNode } from "../../model/nodes.js";
import { RubyCode } from "./code.js";
import { exampleSignature } from "./example-signatures.js";
import { eventKeywords, isRequired, keywordNode } from "./keywords.js";
import { methodName } from "./names.js";
import { rbsType } from "./signatures.js";
import { loadTemplate } from "./templates.js";
import { channelNames, type EventsOptions, enclosingModules } from "./view.js";

/**
 * Prints `events.rbs`: the signatures of what {@link printEvents} prints. Signatures of the runtime that it refers to
 * are in `runtime/ruby/sig`.
 */
export function printRbs(contract: ContractNode, options: EventsOptions): string {
  const constants = channelNames(contract);
  return loadTemplate("signatures")({
    moduleName: options.moduleName,
    enclosing: enclosingModules(options.moduleName),
    sources: options.sourceFiles.join(", "),
    example: exampleSignature(contract),
    channels: contract.channels.map((channel) => ({
      name: constants.get(channel.identifier),
      documentation: [channel.documentation.description ?? `Channel ${channel.pattern}.`],
      events: channel.events.map((event) => eventView(channel, event, contract)),
    })),
  });
}

function eventView(channel: ChannelNode, event: EventNode, contract: ContractNode): object {
  const name = methodName(event.name);
  return {
    name,
    twin: `${name}!`,
    documentation: [event.documentation.description ?? `Publishes ${event.name}.`],
    parameters: parameters(channel, event, contract),
  };
}

function parameters(channel: ChannelNode, event: EventNode, contract: ContractNode): RubyCode {
  const call = eventKeywords(channel, event, contract);
  const parts = [
    ...(call.spread ? [] : [rbsType(event.payload.node, contract)]),
    ...call.keywords.map((keyword) => {
      const node = keyword.property ? keywordNode(keyword) : null;
      const type = node ? rbsType(node, contract) : "::Signalbox::parameter";
      return `${isRequired(keyword) ? "" : "?"}${keyword.name}: ${type}`;
    }),
    ...(call.rest ? ["**untyped"] : []),
  ];
  const line = `(${parts.join(", ")})`;
  return new RubyCode(line.length <= 90 ? line : `(\n${parts.map((part) => `  ${part}`).join(",\n")}\n)`);
}
