import type { ChannelNode } from "../../model/nodes.js";
import { propertyKey } from "./literals.js";

/**
 * The least that a channel's handler file may hold, for whoever has to write it. It compiles, admits nobody, and fails
 * each command: what is left as it is does no harm.
 *
 * @param handlersModule how the file imports the generated `handlers.ts`
 */
export function handlerStub(channel: ChannelNode, handlersModule: string): string {
  const commands = channel.commands.map(
    ({ name }) => `    ${propertyKey(name)}: async () => { throw new Error("not written yet"); },`,
  );
  return [
    `import { handlers } from "${handlersModule}";`,
    "",
    `export default handlers.${channel.identifier}({`,
    ...(channel.access === "custom" ? ["  authorize: () => false, // who may subscribe"] : []),
    ...(commands.length > 0 ? ["  commands: {", ...commands, "  },"] : []),
    "});",
  ].join("\n");
}
