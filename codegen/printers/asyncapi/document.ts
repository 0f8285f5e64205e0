import type {
  ChannelNode,
  ContractNode,
  Json,
  ParameterNode,
  TypeNode,
  WireNode,
} from "../../model/nodes.js";
import { documented, type JsonSchema, jsonSchema, type Side } from "./json-schema.js";

/** What the document says of itself. */
export interface DocumentInfo {
  readonly title: string;
  /** Put into the document as `x-generated`: JSON has no comments. */
  readonly banner: string;
}

/** AsyncAPI's name for the contents of a key: `#/components/schemas/Message`. */
const pointer = (...keys: readonly string[]) =>
  `#/${keys.map((key) => key.replaceAll("~", "~0").replaceAll("/", "~1")).join("/")}`;

/**
 * The contract as an AsyncAPI 3.0 document, from the gateway's side: it sends events and receives commands.
 *
 * @see https://www.asyncapi.com/docs/reference/specification/v3.0.0
 */
export function printAsyncApi(contract: ContractNode, info: DocumentInfo): string {
  const names = new Map(contract.types.map((type) => [type.name, inputName(contract, type)]));
  const refer = (name: string, side: Side) =>
    pointer("components", "schemas", side === "input" ? (names.get(name) ?? name) : name);
  const schema = (node: WireNode, side: Side) => jsonSchema(node, side, refer);

  const document: JsonSchema = {
    asyncapi: "3.0.0",
    "x-generated": info.banner,
    info: {
      title: info.title,
      version: contract.fingerprint,
      description:
        'Realtime channels. The version is the contract\'s fingerprint. Subscribe with a frame `{"type":"subscribe"}` on the gateway\'s WebSocket.',
    },
    defaultContentType: "application/json",
    servers: {
      gateway: { host: "localhost:8081", pathname: "/realtime", protocol: "ws", description: "The gateway." },
    },
    channels: Object.fromEntries(
      contract.channels.map((channel) => [channel.identifier, channelObject(channel, schema)]),
    ),
    operations: Object.fromEntries(contract.channels.flatMap(operations)),
    components: {
      schemas: Object.fromEntries(
        contract.types.flatMap((type): [string, JsonSchema][] => {
          const entry = (name: string, side: Side): [string, JsonSchema] => [
            name,
            documented(schema(type.node, side), type.documentation),
          ];
          const input = names.get(type.name) ?? type.name;
          return input === type.name
            ? [entry(type.name, "output")]
            : [entry(type.name, "output"), entry(input, "input")];
        }),
      ),
    },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function inputName(contract: ContractNode, type: TypeNode): string {
  if (!type.inputDiffers) return type.name;
  let name = `${type.name}Input`;
  while (contract.types.some((other) => other.name === name)) name += "_";
  return name;
}

type SchemaOf = (node: WireNode, side: Side) => JsonSchema;

const access: Readonly<Record<ChannelNode["access"], string>> = {
  public: "Anybody may subscribe.",
  session: "Signed-in users may subscribe.",
  signed: "Whoever has a subscription that Rails signed may subscribe.",
  custom: "The channel's `authorize` decides who may subscribe.",
};

function channelObject(channel: ChannelNode, schema: SchemaOf): JsonSchema {
  return {
    address: channel.pattern,
    ...(channel.documentation.title === undefined ? {} : { title: channel.documentation.title }),
    description: [channel.documentation.description, access[channel.access]].filter(Boolean).join("\n\n"),
    ...(channel.parameters.length > 0
      ? {
          parameters: Object.fromEntries(
            channel.parameters.map((parameter) => [parameter.name, parameterObject(parameter)]),
          ),
        }
      : {}),
    messages: Object.fromEntries([
      ...channel.events.map((event): [string, JsonSchema] => [
        event.name,
        message(event.name, documented({}, event.documentation), schema(event.payload.node, "output")),
      ]),
      ...channel.commands.flatMap((command): [string, JsonSchema][] => [
        [
          commandMessage(command.name),
          message(command.name, documented({}, command.documentation), schema(command.input.node, "input")),
        ],
        ...(command.output === null
          ? []
          : [answerEntry(command.name, schema(command.output.node, "output"))]),
      ]),
    ]),
  };
}

const commandMessage = (name: string) => `${name}.command`;
const answerMessage = (name: string) => `${name}.answer`;

function answerEntry(name: string, payload: JsonSchema): [string, JsonSchema] {
  return [answerMessage(name), message(answerMessage(name), {}, payload)];
}

function message(name: string, documentation: JsonSchema, payload: JsonSchema): JsonSchema {
  const { title, description, deprecated, examples } = documentation;
  return {
    name,
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(deprecated === undefined ? {} : { "x-deprecated": deprecated }),
    payload,
    ...(Array.isArray(examples) && examples.every(isObject)
      ? { examples: examples.map((example: Json) => ({ payload: example })) }
      : {}),
  };
}

const isObject = (value: Json) => typeof value === "object" && value !== null && !Array.isArray(value);

function parameterObject({ node, documentation }: ParameterNode): JsonSchema {
  return {
    ...(documentation.description === undefined ? {} : { description: documentation.description }),
    ...(node.kind === "literal" ? { enum: node.values.map(String) } : {}),
    "x-schema": node.kind === "number" ? "integer" : "string",
  };
}

function operations(channel: ChannelNode): [string, JsonSchema][] {
  const at = (...keys: readonly string[]) => ({ $ref: pointer("channels", channel.identifier, ...keys) });
  return [
    ...channel.events.map((event): [string, JsonSchema] => [
      `${channel.identifier}.${event.name}`,
      { action: "send", channel: at(), messages: [at("messages", event.name)] },
    ]),
    ...channel.commands.map((command): [string, JsonSchema] => [
      `${channel.identifier}.${command.name}.command`,
      {
        action: "receive",
        channel: at(),
        messages: [at("messages", commandMessage(command.name))],
        ...(command.output === null
          ? {}
          : { reply: { channel: at(), messages: [at("messages", answerMessage(command.name))] } }),
      },
    ]),
  ];
}
