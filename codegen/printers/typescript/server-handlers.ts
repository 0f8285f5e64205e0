import { type ImportDeclarationStructure, type InterfaceDeclarationStructure, StructureKind } from "ts-morph";
import type { ChannelNode, ContractNode } from "../../model/nodes.js";
import { channelDeclarations } from "./channel-declarations.js";
import { docs } from "./documentation.js";
import { propertyKey } from "./literals.js";
import { channelNames } from "./names.js";
import type { Statement } from "./source-file.js";
import { type TypeScope, typeText } from "./types.js";

/**
 * `server/handlers.ts`: what the handler file of each channel must and may hold, what `ctx.publish` offers, and the
 * functions that give a handler file its types.
 *
 * @param gatewayModule how this file imports `gateway.ts`, whose `identify` and `connect` say what a user and a state are
 */
export function handlersStatements(
  contract: ContractNode,
  scope: TypeScope,
  gatewayModule: string,
): Statement[] {
  const { channels } = contract;
  const anybodyMayConnect = channels.some((channel) => channel.access === "public");
  return [
    ...imports(channels, gatewayModule),
    "\n/** Who is connected: what `identify` of the gateway returns. */\nexport type User = UserOf<typeof gateway>;",
    "\n/** One connection's own: what `connect` of the gateway returns. */\nexport type State = StateOf<typeof gateway>;",
    ...channels.flatMap((channel) => [
      ...channelDeclarations(
        channel,
        channel.parameters,
        { input: "output", output: "input", acknowledged: "void" },
        scope,
      ),
      handlersOf(channel, anybodyMayConnect),
      ...(channel.events.length > 0 ? [publisher(channel, scope)] : []),
    ]),
    publish(channels),
    register,
    handlerFunctions(channels),
  ];
}

function imports(channels: readonly ChannelNode[], gatewayModule: string): ImportDeclarationStructure[] {
  const hasCommands = channels.some((channel) => channel.commands.length > 0);
  const names = [
    ...(hasCommands ? ["CommandHandlers"] : []),
    ...(hasCommands || channels.some((channel) => channel.access === "custom") ? ["Context"] : []),
    ...(channels.some((channel) => channel.events.length > 0) ? ["EventListeners"] : []),
    "StateOf",
    "UserOf",
  ];
  const typesOnly = { kind: StructureKind.ImportDeclaration, isTypeOnly: true } as const;
  return [
    { ...typesOnly, namedImports: names, moduleSpecifier: "signalbox/gateway" },
    { ...typesOnly, defaultImport: "gateway", moduleSpecifier: gatewayModule },
    { ...typesOnly, namespaceImport: "contract", moduleSpecifier: "./types.js" },
  ];
}

function handlersOf(channel: ChannelNode, anybodyMayConnect: boolean): InterfaceDeclarationStructure {
  const needsUser = channel.access === "session" || channel.access === "signed";
  const context = `Context<${needsUser || !anybodyMayConnect ? "User" : "User | null"}, State>`;
  const names = channelNames(channel.identifier);
  const params = paramsType(channel);
  return {
    kind: StructureKind.Interface,
    name: names.handlers,
    isExported: true,
    docs: [`What \`handlers/${channel.identifier}.ts\` exports by default.`],
    properties: [
      ...(channel.access === "custom"
        ? [
            {
              name: "authorize",
              type: `(ctx: ${context}, params: ${params}) => boolean | Promise<boolean>`,
              docs: ["Whether this connection may subscribe: only `true` admits."],
            },
          ]
        : []),
      ...(channel.events.length > 0
        ? [
            {
              name: "on",
              hasQuestionToken: true,
              type: `EventListeners<${names.events}, ${params}>`,
              docs: ["Called with what anybody published, in the order in which the broker had it."],
            },
          ]
        : []),
      ...(channel.commands.length > 0
        ? [
            {
              name: "commands",
              type: `CommandHandlers<${names.commands}, ${context}, ${params}>`,
              docs: [
                "Called with what a subscribed browser sent, once it is validated; the result is the answer.",
              ],
            },
          ]
        : []),
    ],
  };
}

const paramsType = (channel: ChannelNode) =>
  channel.parameters.length > 0 ? channelNames(channel.identifier).params : "Record<string, never>";

/** `ctx.publish.room({ roomId })`. */
function publisher(channel: ChannelNode, scope: TypeScope): InterfaceDeclarationStructure {
  return {
    kind: StructureKind.Interface,
    name: channelNames(channel.identifier).publisher,
    isExported: true,
    docs: [`Publishes to one \`${channel.pattern}\`; the result is the message's id.`],
    methods: channel.events.map((event) => ({
      name: propertyKey(event.name),
      parameters: [{ name: "data", type: typeText(event.payload.node, "input", scope) }],
      returnType: "Promise<string>",
      docs: docs(event.documentation),
    })),
  };
}

function publish(channels: readonly ChannelNode[]): InterfaceDeclarationStructure {
  return {
    kind: StructureKind.Interface,
    name: "Publish",
    isExported: true,
    docs: ["`ctx.publish`: the channels to which a handler can publish."],
    methods: channels
      .filter((channel) => channel.events.length > 0)
      .map((channel) => ({
        name: propertyKey(channel.identifier),
        parameters: channel.parameters.length > 0 ? [{ name: "params", type: paramsType(channel) }] : [],
        returnType: channelNames(channel.identifier).publisher,
        docs: docs(channel.documentation),
      })),
  };
}

/** Declaration merging: with this file in the program, every `ctx.publish` is this contract's. */
const register: Statement = {
  kind: StructureKind.Module,
  name: '"signalbox/gateway"',
  hasDeclareKeyword: true,
  statements: [
    {
      kind: StructureKind.Interface,
      name: "Register",
      properties: [{ name: "publish", type: "Publish" }],
    },
  ],
};

function handlerFunctions(channels: readonly ChannelNode[]): string {
  const functions = channels.map(({ identifier }) => {
    const type = channelNames(identifier).handlers;
    return `  ${propertyKey(identifier)}: (handlers: ${type}): ${type} => handlers,`;
  });
  return [
    "/** Gives a handler file its types: `export default handlers.<channel>({ … })`. */",
    "export const handlers = {",
    ...functions,
    "};",
  ].join("\n");
}
