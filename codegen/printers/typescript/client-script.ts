import type { ChannelNode, ContractNode, ParameterNode } from "../../model/nodes.js";
import { converterScript } from "./brands.js";
import { propertyKey, stringLiteral } from "./literals.js";

/**
 * `client/realtime.js`: the client's core and what it must know of this contract. One ESM file without imports, so that
 * an importmap, a bundler or a bare `<script type="module">` can take it as it is.
 *
 * @param core the bundled core, which defines and exports `createRealtime`
 */
export function clientScript(contract: ContractNode, core: string): string {
  const channels = contract.channels.map(channelText);
  return `${core.trimEnd()}

/** The client of this contract: one connection for the whole page, opened by the first subscription. */
export const realtime = /* @__PURE__ */ createRealtime({
  fingerprint: ${stringLiteral(contract.fingerprint)},
  channels: {${channels.length > 0 ? `\n${channels.join("\n")}\n  ` : ""}},
});
${converterScript(contract)}`;
}

function channelText(channel: ChannelNode): string {
  const params = channel.parameters.map(
    (parameter) => `${propertyKey(parameter.name)}: ${stringLiteral(parameterKind(parameter))}`,
  );
  const names = (list: readonly { readonly name: string }[]) =>
    `[${list.map((item) => stringLiteral(item.name)).join(", ")}]`;
  return [
    `    ${propertyKey(channel.identifier)}: {`,
    `      pattern: ${stringLiteral(channel.pattern)},`,
    `      perUser: ${channel.perUser === null ? "null" : stringLiteral(channel.perUser)},`,
    `      params: ${params.length > 0 ? `{ ${params.join(", ")} }` : "{}"},`,
    `      events: ${names(channel.events)},`,
    `      commands: ${names(channel.commands)},`,
    "    },",
  ].join("\n");
}

/** Enums and UUIDs are text, and an enum of numbers is integers. */
function parameterKind({ node }: ParameterNode): "integer" | "string" {
  switch (node.kind) {
    case "string":
      return "string";
    case "number":
      return "integer";
    case "literal":
      return node.values.every((value) => typeof value === "number") ? "integer" : "string";
    default:
      return node satisfies never;
  }
}
