import type {
  ChannelNode,
  CommandNode,
  ContractNode,
  Documentation,
  EventNode,
  ObjectNode,
  PropertyNode,
  TypeNode,
  WireNode,
} from "../../model/nodes.js";
import { bounds } from "./bounds.js";
import { block, code, inline, paragraphs, table } from "./markdown.js";
import { typeLabel } from "./type-label.js";

export interface ReferenceOptions {
  readonly banner: string;
  /** How the reference links to a file of the project. */
  readonly linkTo: (file: string) => string;
}

/** The contract for people: who may come in, who says what to whom, and what each field holds. */
export function printReference(contract: ContractNode, options: ReferenceOptions): string {
  return `${[
    `<!-- ${options.banner} -->`,
    "# The contract",
    `Fingerprint ${code(contract.fingerprint)}.`,
    table(
      ["Channel", "Who may subscribe", "Delivery", "About"],
      contract.channels.map((channel) => [
        `[${code(channel.pattern)}](#${channelAnchor(channel)})`,
        access[channel.access],
        channel.delivery,
        inline(channel.documentation.description ?? ""),
      ]),
    ),
    ...contract.channels.flatMap((channel) => channelSection(channel, options)),
    ...(contract.types.length > 0 ? ["## Types"] : []),
    ...contract.types.flatMap(typeSection),
  ]
    .filter((part) => part !== "")
    .join("\n\n")}\n`;
}

const access: Readonly<Record<ChannelNode["access"], string>> = {
  public: "anybody",
  session: "signed-in users",
  signed: "whoever has a subscription that Rails signed",
  custom: "whom `authorize` admits",
};

const channelAnchor = (channel: ChannelNode) => `channel-${channel.identifier.toLowerCase()}`;

function channelSection(channel: ChannelNode, { linkTo }: ReferenceOptions): string[] {
  const { source, history, perUser } = channel;
  return [
    `<a id="${channelAnchor(channel)}"></a>`,
    `## ${code(channel.pattern)}`,
    ...documentationText(channel.documentation),
    [
      `- Subscribe: ${access[channel.access]}`,
      `- Delivery: ${channel.delivery}${history === null ? "" : ` (the last ${history.limit} messages, for ${history.ttl} s)`}`,
      ...(perUser === null ? [] : [`- Each user has one: ${code(perUser)} is the connected user's id`]),
      `- Source: [${inline(source.file)}](${linkTo(source.file)}), ${code(source.exportName)}`,
    ].join("\n"),
    table(
      ["Parameter", "Type", "Bounds", "About"],
      channel.parameters.map(({ name, node, documentation }) => [
        code(name),
        typeLabel(node),
        bounds(node),
        inline(documentation.description ?? ""),
      ]),
    ),
    ...channel.events.flatMap(eventSection),
    ...channel.commands.flatMap(commandSection),
    ...(channel.presence === null
      ? []
      : ["### Presence", ...payloadText("Each member says", channel.presence.node)]),
  ];
}

function eventSection({ name, payload, documentation }: EventNode): string[] {
  return [
    `### Event ${code(name)}`,
    "From Rails or the gateway to browsers.",
    ...documentationText(documentation),
    ...payloadText("Carries", payload.node),
  ];
}

function commandSection({ name, input, output, documentation }: CommandNode): string[] {
  return [
    `### Command ${code(name)}`,
    "From a browser to the gateway.",
    ...documentationText(documentation),
    ...payloadText("Takes", input.node),
    ...(output === null ? ["It is acknowledged without a value."] : payloadText("Answers with", output.node)),
  ];
}

function payloadText(verb: string, node: WireNode): string[] {
  const limits = bounds(node);
  const sentence = `${verb}: ${typeLabel(node)}${limits === "" ? "" : `; ${limits}`}.`;
  return node.kind === "object" ? [sentence, fields(node)] : [sentence];
}

function typeSection(type: TypeNode): string[] {
  const { node } = type;
  return [
    `### ${type.name}`,
    ...documentationText(type.documentation),
    ...(node.kind === "object" ? objectText(node) : payloadText("Is", node)),
  ];
}

function objectText(node: ObjectNode): string[] {
  return [node.properties.length === 0 ? "An object without fields." : fields(node), otherKeys(node)];
}

function otherKeys({ unknownKeys }: ObjectNode): string {
  switch (unknownKeys.kind) {
    case "strip":
      return "";
    case "strict":
      return "Other keys are refused.";
    case "loose":
      return "Other keys are kept as they are.";
    case "catchall":
      return `Other keys hold: ${typeLabel(unknownKeys.node)}.`;
    default:
      return unknownKeys satisfies never;
  }
}

function fields(node: ObjectNode): string {
  return table(
    ["Field", "Type", "Needed", "Bounds", "About"],
    node.properties.map((property) => [
      code(property.name),
      typeLabel(property.node),
      needed(property),
      bounds(property.node),
      [
        inline(property.documentation.description ?? ""),
        ...deprecation(property.documentation),
        ...exampleSpans(property.documentation),
      ]
        .filter((part) => part !== "")
        .join(" "),
    ]),
  );
}

function needed({ absent }: PropertyNode): string {
  switch (absent.kind) {
    case "missing":
      return "yes";
    case "omitted":
      return "no";
    case "value":
      return `no: ${code(JSON.stringify(absent.value))}`;
    default:
      return absent satisfies never;
  }
}

const exampleSpans = ({ examples = [] }: Documentation) =>
  examples.map((example) => `Example: ${code(JSON.stringify(example))}`);

function deprecation({ deprecated }: Documentation): string[] {
  if (!deprecated) return [];
  return [typeof deprecated === "string" ? `**Deprecated**: ${inline(deprecated)}` : "**Deprecated.**"];
}

function documentationText(documentation: Documentation): string[] {
  const { title, description, examples = [] } = documentation;
  return [
    ...(title === undefined ? [] : [`**${inline(title)}**`]),
    ...(description === undefined ? [] : [paragraphs(description)]),
    ...deprecation(documentation),
    ...examples.map((example) => block("json", JSON.stringify(example, null, 2))),
  ];
}
