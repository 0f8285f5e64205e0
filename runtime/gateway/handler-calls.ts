/**
 * The one place where user code of `handlers/` is called. Its parameters are typed by generated code, contract by
 * contract; here they are what the schemas of the very same contract gave, so the casts to `never` hold.
 */
import type { ChannelType } from "./channel-type.js";
import type { Connection } from "./connection.js";
import type { EventMeta, Params } from "./definition.js";

export function callAuthorize(type: ChannelType, connection: Connection, params: Params): unknown {
  return type.handlers.authorize?.(connection.context as never, params as never);
}

export function callCommand(
  type: ChannelType,
  command: string,
  connection: Connection,
  input: unknown,
  params: Params,
): unknown {
  return type.handlers.commands?.[command]?.(connection.context as never, input as never, params as never);
}

export function callOn(type: ChannelType, event: string, data: unknown, meta: EventMeta<Params>): unknown {
  return type.handlers.on?.[event]?.(data as never, meta as never);
}

/** Whether anything on this side reacts to the event. */
export function listensTo(type: ChannelType, event: string): boolean {
  return Object.hasOwn(type.handlers.on ?? {}, event);
}

/** Whether this side reacts to any event of the channel: then the gateway hears it whoever is subscribed. */
export function listens(type: ChannelType): boolean {
  return Object.keys(type.handlers.on ?? {}).length > 0;
}
