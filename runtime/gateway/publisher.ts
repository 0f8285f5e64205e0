import { randomUUID } from "node:crypto";
import type { Broker } from "../broker/broker.js";
import { encodeEnvelope } from "../protocol/envelope.js";
import { type ChannelType, concreteName, type EventType } from "./channel-type.js";
import { ContractViolation } from "./errors.js";
import type { Metrics } from "./metrics.js";

/** Publishes one event of one concrete channel and gives its id. */
type PublishEvent = (data: unknown) => Promise<string>;

/**
 * What `ctx.publish` is: `publish.room({ roomId }).messagePosted(message)`. Generated code types it by contract.
 *
 * Rejects with {@link ContractViolation} where the contract does not allow the payload, and with `BrokerUnavailable`
 * where the broker does not take it; a wrong parameter throws a TypeError at once.
 */
export function createPublish(
  types: readonly ChannelType[],
  broker: Broker,
  metrics: Metrics,
): Readonly<Record<string, (params?: unknown) => Readonly<Record<string, PublishEvent>>>> {
  const publishOf = (type: ChannelType) => (params?: unknown) => {
    const name = concreteName(type, params);
    return Object.fromEntries(
      Array.from(type.events.values(), (event): [string, PublishEvent] => [
        event.name,
        (data) => publish(broker, metrics, type, name, event, data),
      ]),
    );
  };
  return Object.freeze(Object.fromEntries(types.map((type) => [type.identifier, publishOf(type)])));
}

async function publish(
  broker: Broker,
  metrics: Metrics,
  type: ChannelType,
  name: string,
  event: EventType,
  data: unknown,
): Promise<string> {
  const validated = event.validate(data);
  if (!validated.ok) throw new ContractViolation(`${type.name}/${event.name}`, validated.issues);
  const id = randomUUID();
  await broker.publish(
    name,
    encodeEnvelope({ sb: 1, e: event.name, d: validated.data, i: id, t: Date.now(), f: event.fingerprint }),
  );
  metrics.messagesPublishedTotal.inc({ channel: type.name, event: event.name });
  return id;
}
