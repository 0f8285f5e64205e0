/** The keywords that publish an event: the channel's parameters, and the fields of a payload that is an object. */
import { typeNamed } from "../../model/named-types.js";
import type {
  ChannelNode,
  ContractNode,
  Documentation,
  EventNode,
  ParameterNode,
  PropertyNode,
  WireNode,
} from "../../model/nodes.js";
import { keywordName } from "./names.js";

export interface Keyword {
  /** In Ruby: `posted_at`. */
  readonly name: string;
  /** The channel's parameter that it fills, if any. */
  readonly parameter: ParameterNode | null;
  /** The field that it fills, if any. */
  readonly property: PropertyNode | null;
}

export interface EventKeywords {
  readonly keywords: readonly Keyword[];
  /** Whether the payload is an object, spread over keywords, or the first positional argument. */
  readonly spread: boolean;
  /** The names of all fields that an object declares, with or without a keyword; `null` where it is none. */
  readonly fields: readonly string[] | null;
  /** Whether there are fields that have no keyword of their own, or may be: they come as `**rest`. */
  readonly rest: boolean;
  /** Parameters of the channel that are fields of the payload too. */
  readonly shared: readonly string[];
}

export function eventKeywords(channel: ChannelNode, event: EventNode, contract: ContractNode): EventKeywords {
  const fields = fieldsOf(event.payload.node, contract);
  const keywords = new Map<string, Keyword>();
  for (const parameter of channel.parameters) {
    const name = parameterKeyword(parameter);
    keywords.set(name, { name, parameter, property: null });
  }
  const shared: string[] = [];
  let rest = fields?.open ?? false;
  for (const property of fields?.properties ?? []) {
    const name = keywordName(property.name);
    const there = name === null ? undefined : keywords.get(name);
    if (name === null || (there && there.property !== null)) {
      rest = true;
    } else if (there?.parameter) {
      shared.push(there.parameter.name);
      keywords.set(name, { ...there, property });
    } else {
      keywords.set(name, { name, parameter: null, property });
    }
  }
  return {
    keywords: [...keywords.values()],
    spread: fields !== null,
    fields: fields?.properties.map((property) => property.name) ?? null,
    rest,
    shared,
  };
}

/** Parameters are identifiers in the pattern, so that they always have one. */
export function parameterKeyword(parameter: ParameterNode): string {
  const name = keywordName(parameter.name);
  if (name === null)
    throw new RangeError(`parameter ${JSON.stringify(parameter.name)} has no keyword in Ruby`);
  return name;
}

export function isRequired(keyword: Keyword): boolean {
  return keyword.parameter !== null || keyword.property?.absent.kind === "missing";
}

export function keywordNode(keyword: Keyword): WireNode | null {
  return keyword.property?.node ?? keyword.parameter?.node ?? null;
}

export function keywordDocumentation(keyword: Keyword): Documentation {
  return { ...keyword.parameter?.documentation, ...keyword.property?.documentation };
}

interface Fields {
  readonly properties: readonly PropertyNode[];
  /** Whether more fields than these may be given. */
  readonly open: boolean;
}

function fieldsOf(node: WireNode, contract: ContractNode): Fields | null {
  switch (node.kind) {
    case "object": {
      const { kind } = node.unknownKeys;
      return { properties: node.properties, open: kind === "loose" || kind === "catchall" };
    }
    case "intersection": {
      const left = fieldsOf(node.left, contract);
      const right = fieldsOf(node.right, contract);
      if (!left || !right) return null;
      return { properties: [...left.properties, ...right.properties], open: left.open || right.open };
    }
    case "reference": {
      const type = typeNamed(contract, node.name);
      return type ? fieldsOf(type.node, contract) : null;
    }
    default:
      return null;
  }
}
