import { posix } from "node:path";
import type { ChannelNode, ContractNode, WireNode } from "../../codegen/model/nodes.js";
import { partsOf } from "../../codegen/model/parts.js";
import { channelNames } from "../../codegen/printers/typescript/names.js";

/**
 * A TypeScript file that compiles only if the generated types are what zod infers: for each payload, on the gateway's
 * side and in the browser, what senders write is the schema's input and what receivers read its output.
 *
 * @param server folder of the generated server, relative to the project, where the file is to lie as well
 */
export function proofs(contract: ContractNode, server: string, client: string): string {
  const lines = contract.channels.flatMap((channel) => {
    const schemas = `typeof ${channel.identifier}Channel.options`;
    const names = channelNames(channel.identifier);
    return [
      ...channel.events.flatMap(({ name, payload }) => {
        const schema = `${schemas}["events"][${JSON.stringify(name)}]`;
        const event = JSON.stringify(name);
        const claim = claimFor(payload.node, contract);
        return [
          `${claim}<server.${names.events}[${event}], z.output<${schema}>>`,
          `${claim}<Parameters<server.${names.publisher}[${event}]>[0], z.input<${schema}>>`,
          browserClaim(payload.node, contract, `client.${names.events}[${event}]`, `z.output<${schema}>`),
        ];
      }),
      ...channel.commands.flatMap(({ name, input, output }) => {
        const schema = `${schemas}["commands"][${JSON.stringify(name)}]`;
        const command = (side: string) => `${side}.${names.commands}[${JSON.stringify(name)}]`;
        const claim = claimFor(input.node, contract);
        const answer = output === null ? "" : claimFor(output.node, contract);
        return [
          `${claim}<${command("server")}["input"], z.output<${schema}["input"]>>`,
          `${claim}<${command("client")}["input"], z.input<${schema}["input"]>>`,
          ...(output === null
            ? [
                `Equal<${command("server")}["output"], void>`,
                `Equal<${command("client")}["output"], undefined>`,
              ]
            : [
                `${answer}<${command("server")}["output"], z.input<${schema}["output"]>>`,
                browserClaim(
                  output.node,
                  contract,
                  `${command("client")}["output"]`,
                  `z.output<${schema}["output"]>`,
                ),
              ]),
        ];
      }),
    ];
  });
  return [
    'import type { z } from "zod";',
    ...contract.channels.map((channel) => importOf(channel, server)),
    `import type * as client from "${posix.relative(server, client)}/realtime.js";`,
    'import type * as server from "./handlers.js";',
    "export type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;",
    "export type Narrower<A, B> = [A] extends [B] ? true : false;",
    "export type Wider<A, B> = [B] extends [A] ? true : false;",
    'export type Branded = { readonly "~wire": string } | z.$brand<string>;',
    "export type Plain<T> = T extends string ? (T extends Branded ? string : T) : T extends object ? { [K in keyof T]: Plain<T[K]> } : T;",
    "type Proof<T extends true> = T;",
    ...lines.map((line, index) => `export type Proof${index} = Proof<${line}>;`),
    "",
  ].join("\n");
}

/** How many proofs there are in a file: a contract that proves nothing would prove it well. */
export function countProofs(text: string): number {
  return text.match(/^export type Proof\d/gm)?.length ?? 0;
}

function importOf({ identifier, source }: ChannelNode, server: string): string {
  const file = posix.relative(server, source.file).replace(/\.ts$/, ".js");
  return `import type { ${source.exportName} as ${identifier}Channel } from "${file}";`;
}

/** The browser's client imports nothing, so that its brands are its own: where there is one, it is compared as text. */
function browserClaim(node: WireNode, contract: ContractNode, ours: string, zods: string): string {
  const branded = holds(node, contract, (part) => part.kind === "string" && part.meaning !== undefined);
  return `${claimFor(node, contract)}<${branded ? `Plain<${ours}>, Plain<${zods}>` : `${ours}, ${zods}`}>`;
}

/**
 * `Equal`, except where zod says less than we do (`any` and `unknown` are `JsonValue`): there ours must fit into zod's;
 * or what no object can fulfil (a catch-all beside fields of another type): there zod's must fit into ours.
 */
function claimFor(node: WireNode, contract: ContractNode): "Equal" | "Narrower" | "Wider" {
  if (holds(node, contract, (part) => part.kind === "object" && part.unknownKeys.kind === "catchall"))
    return "Wider";
  return holds(node, contract, (part) => part.kind === "json" && part.source !== "json")
    ? "Narrower"
    : "Equal";
}

function holds(
  node: WireNode,
  contract: ContractNode,
  wanted: (part: WireNode) => boolean,
  seen = new Set<string>(),
): boolean {
  if (wanted(node)) return true;
  if (node.kind !== "reference") return partsOf(node).some((part) => holds(part, contract, wanted, seen));
  if (seen.has(node.name)) return false;
  seen.add(node.name);
  const type = contract.types.find(({ name }) => name === node.name);
  if (type === undefined) throw new Error(`there is no type ${node.name}`);
  return holds(type.node, contract, wanted, seen);
}
