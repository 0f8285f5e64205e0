/**
 * What `Events.example` gives, in RBS: one overload for each event whose payload is an object. Steep takes `**` in the
 * place of required keywords only where it knows the keys, so `untyped`, or a Hash, would not do.
 */
import { snakeCase } from "../../model/names.js";
import type { ChannelNode, ContractNode, EventNode } from "../../model/nodes.js";
import { RubyCode } from "./code.js";
import { eventKeywords } from "./keywords.js";
import { literalTypes } from "./signatures.js";

/** @returns the overloads, the runtime's own the last of them; `null` where there is no other */
export function exampleSignature(contract: ContractNode): RubyCode | null {
  const overloads = contract.channels.flatMap((channel) =>
    channel.events.flatMap((event) => overload(channel, event, contract) ?? []),
  );
  return overloads.length === 0 ? null : new RubyCode([...overloads, "..."].join("\n  | "));
}

function overload(channel: ChannelNode, event: EventNode, contract: ContractNode): string | null {
  const { keywords, spread } = eventKeywords(channel, event, contract);
  const [channelName, eventName] = [channel.name, event.name].map(nameType);
  if (!spread || !channelName || !eventName) return null;

  const fields = keywords.flatMap(({ name, property }) =>
    property ? [`${property.absent.kind === "missing" ? "" : "?"}${name}: untyped`] : [],
  );
  // A channel's only event need not be named.
  const named = channel.events.length === 1 ? `?(${eventName})?` : eventName;
  return `(${channelName}, ${named}, **untyped) -> ${fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`}`;
}

/** All spellings of a name; `null` where RBS has none of them. */
function nameType(name: string): string | null {
  const types = [...new Set([name, snakeCase(name)])].flatMap(literalTypes);
  const literals = types.filter((type) => !type.startsWith("::"));
  return literals.length === 0 ? null : literals.join(" | ");
}
