import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { Server } from "../../runtime/gateway/definition.js";
import { CommandError } from "../errors.js";

/**
 * Loads a bundle that `signalbox build` made.
 *
 * @throws CommandError where there is none, or where it is something else
 */
export async function loadServer(bundle: string, shown: string): Promise<Server> {
  if (!existsSync(bundle)) throw new CommandError(`${shown} is not there. Make it with: npx signalbox build`);
  const loaded: { readonly default?: unknown } = await import(pathToFileURL(bundle).href);
  if (!isServer(loaded.default)) {
    throw new CommandError(`${shown} is no gateway. Make one with: npx signalbox build`);
  }
  const gateway: unknown = loaded.default.gateway;
  if (typeof gateway === "object" && gateway !== null && "kind" in gateway && gateway.kind === "gateway") {
    return loaded.default;
  }
  throw new CommandError(
    "gateway.ts must say: export default defineGateway({ … }), with what signalbox/gateway exports.",
  );
}

function isServer(value: unknown): value is Server {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "server";
}
