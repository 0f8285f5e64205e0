/**
 * The client's core: `scripts/build.mjs` bundles it into one text, which codegen puts at the head of every generated
 * client. Everything it reaches is therefore free of dependencies and of Node.
 */
import { Handle } from "./handle.js";
import { concreteName } from "./name.js";
import { Subscriptions } from "./subscriptions.js";
import type { ChannelTypes, Contract, Realtime, RealtimeConnection } from "./types.js";

export { RealtimeError } from "./types.js";

/**
 * Makes the client of a contract. Opens nothing: the first subscription does.
 *
 * @param contract the table that codegen wrote
 * @throws TypeError where a channel has the name of one of the client's own members
 */
export function createRealtime<Channels = Record<string, ChannelTypes>>(
  contract: Contract<Channels>,
): Realtime<Channels> {
  const { fingerprint } = contract;
  const subscriptions = new Subscriptions(fingerprint);
  const { connection } = subscriptions;
  const realtime: RealtimeConnection & Record<string, unknown> = {
    get status() {
      return connection.status;
    },
    fingerprint,
    onStatus: (handler, options) => connection.onStatus(handler, options),
    configure: (options) => void Object.assign(connection.options, options),
    connect: () => subscriptions.connect(),
    close: () => connection.close(),
  };
  for (const [identifier, channel] of Object.entries<Contract["channels"][string]>(contract.channels)) {
    if (identifier in realtime)
      throw new TypeError(`A channel cannot be called ${identifier}: the client has that.`);
    realtime[identifier] = (params?: object) =>
      new Handle(concreteName(channel, params), channel, subscriptions);
  }
  // The one cast: TypeScript cannot follow what is added channel by channel.
  return realtime as Realtime<Channels>;
}
