/** What the templates print, computed from the contract: names made safe, calls and their documentation laid out. */

import { snakeCase } from "../../model/names.js";
import type { ChannelNode, ContractNode, Documentation, EventNode } from "../../model/nodes.js";
import { parameterValues, payloadCode, positionalName, restName, signature } from "./calls.js";
import { RubyCode } from "./code.js";
import { exampleOf } from "./examples.js";
import {
  type EventKeywords,
  eventKeywords,
  isRequired,
  type Keyword,
  keywordDocumentation,
  keywordNode,
  parameterKeyword,
} from "./keywords.js";
import { rubyScalar } from "./literals.js";
import { channelConstants, methodName } from "./names.js";
import type { PrintedTypes } from "./printed-types.js";
import { yardType } from "./yard.js";

/** Names of the generated module's own. */
const ownConstants = ["Types", "Scope", "FINGERPRINT", "REQUIRED", "OPTIONAL", "CONTRACT"];

export interface EventsOptions {
  /** `Events`, or with a namespace `Realtime::Events`. */
  readonly moduleName: string;
  /** The schema's files, relative to the project, for the banner. */
  readonly sourceFiles: readonly string[];
}

export function eventsView(contract: ContractNode, types: PrintedTypes, options: EventsOptions): object {
  const constants = channelNames(contract);
  return {
    moduleName: options.moduleName,
    enclosing: enclosingModules(options.moduleName),
    sources: options.sourceFiles.join(", "),
    fingerprint: contract.fingerprint,
    types: new RubyCode(types.source),
    channels: contract.channels.map((channel) =>
      channelView(channel, constants.get(channel.identifier) ?? channel.identifier, contract, types),
    ),
  };
}

/** The constants of the channels' modules, by identifier. */
export function channelNames(contract: ContractNode): Map<string, string> {
  return channelConstants(
    contract.channels.map((channel) => channel.identifier),
    ownConstants,
  );
}

/** `A::B::Events` stands in `A` and `A::B`. */
export function enclosingModules(moduleName: string): string[] {
  const segments = moduleName.split("::");
  return segments.slice(1).map((_, index) => segments.slice(0, index + 1).join("::"));
}

function channelView(
  channel: ChannelNode,
  name: string,
  contract: ContractNode,
  types: PrintedTypes,
): object {
  return {
    name,
    channel: channel.name,
    pattern: channel.pattern,
    documentation: channelDocumentation(channel),
    parameters: channel.parameters.map((parameter) => ({
      constant: parameterConstant(parameter.name),
      name: parameter.name,
      keyword: parameterKeyword(parameter),
      integer: isInteger(parameter.node),
      type: new RubyCode(types.ofParameter(parameter)),
    })),
    segments: channel.segments.map((segment) =>
      segment.kind === "text"
        ? { text: segment.text, parameter: null }
        : { text: null, parameter: parameterConstant(segment.name) },
    ),
    events: channel.events.map((event) => eventView(channel, event, contract, types)),
  };
}

function eventView(
  channel: ChannelNode,
  event: EventNode,
  contract: ContractNode,
  types: PrintedTypes,
): object {
  const call = eventKeywords(channel, event, contract);
  const method = methodName(event.name);
  return {
    constant: `EVENT_${snakeCase(event.name).toUpperCase()}`,
    name: event.name,
    method,
    fingerprint: event.payload.fingerprint,
    fields: call.fields && { names: call.fields },
    example: JSON.stringify(exampleOf(event.payload.node, contract)) ?? null,
    shared: call.shared,
    type: new RubyCode(types.ofPayload(event.payload)),
    parameterValues: parameterValues(call),
    ...payloadCode(call, event, contract),
    rest: call.rest ? new RubyCode(restName(call)) : null,
    twins: [false, true].map((raising) => ({
      raising,
      signature: signature(raising ? `${method}!` : method, call),
      documentation: raising ? twinDocumentation(method) : eventDocumentation(event, call, contract),
    })),
  };
}

function isInteger(node: ChannelNode["parameters"][number]["node"]): boolean {
  if (node.kind === "literal") return node.values.every((value) => typeof value === "number");
  return node.kind === "number";
}

function parameterConstant(name: string): string {
  return `PARAMETER_${snakeCase(name).toUpperCase()}`;
}

function channelDocumentation(channel: ChannelNode): string[] {
  const about = `Channel ${channel.pattern}; access: ${channel.access}; delivery: ${channel.delivery}.`;
  return [...prose(channel.documentation), about, ...deprecation(channel.documentation)];
}

function eventDocumentation(event: EventNode, call: EventKeywords, contract: ContractNode): string[] {
  const parameters = call.keywords.map((keyword) => {
    const node = keywordNode(keyword);
    const type =
      keyword.parameter && !keyword.property
        ? "Integer, String, #to_param"
        : node
          ? yardType(node, contract)
          : "Object";
    const notes = [oneLine(keywordDocumentation(keyword).description ?? ""), absence(keyword)]
      .filter(Boolean)
      .join(" ");
    return `@param ${keyword.name} [${type}]${notes === "" ? "" : ` ${notes}`}`;
  });
  return [
    ...prose(event.documentation, `Publishes ${event.name}.`),
    ...(call.spread ? [] : [`@param ${positionalName(call)} [${yardType(event.payload.node, contract)}]`]),
    ...parameters,
    ...(call.rest ? [`@param ${restName(call)} [Hash] further fields, by their names in the contract`] : []),
    "@return [String, nil] the message's id; nil where something went wrong that was reported",
    "@raise [Signalbox::ContractViolation] outside production",
    ...deprecation(event.documentation),
  ];
}

function twinDocumentation(method: string): string[] {
  return [
    `The same as {#${method}}, but raises.`,
    "",
    "@return [String] the message's id",
    "@raise [Signalbox::ContractViolation, Signalbox::DeliveryError]",
  ];
}

function absence(keyword: Keyword): string {
  const absent = keyword.property?.absent;
  if (!absent || isRequired(keyword)) return "";
  if (absent.kind !== "value") return "(optional)";
  const { value } = absent;
  return typeof value === "object" && value !== null
    ? `(default: ${oneLine(JSON.stringify(value))})`
    : `(default: ${rubyScalar(value)})`;
}

/** Title and description; a line that YARD would take for a tag is escaped. */
function prose(documentation: Documentation, fallback?: string): string[] {
  const text = [documentation.title, documentation.description].filter(Boolean).join("\n\n") || fallback;
  if (!text) return [];
  return [...text.split("\n").map((line) => line.replace(/^(\s*)@/, "$1\\@")), ""];
}

function deprecation({ deprecated }: Documentation): string[] {
  if (!deprecated) return [];
  return [`@deprecated${typeof deprecated === "string" ? ` ${oneLine(deprecated)}` : ""}`];
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
