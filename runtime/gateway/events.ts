import { decodeBrokerMessage } from "../protocol/envelope.js";
import type { EventFrame, PayloadIssue } from "../protocol/frames.js";
import type { EventType } from "./channel-type.js";
import type { ResolvedChannel } from "./contract.js";
import type { GatewayServices } from "./gateway.js";
import { callOn, listensTo } from "./handler-calls.js";
import { textFrame } from "./transport/frame.js";

/** A message that the contract allows. */
interface Message {
  readonly event: EventType;
  readonly data: unknown;
  readonly id: string | null;
  readonly at: number;
}

/** Why a message is not delivered. */
interface Rejection {
  readonly reason: string;
  readonly event?: EventType;
  readonly issues?: readonly PayloadIssue[];
}

/** One message off the broker: decoded and validated once, framed once, given to whoever subscribed. Never throws. */
export function deliver(services: GatewayServices, name: string, bytes: Uint8Array): void {
  const channel = services.audiences.get(name)?.channel ?? services.contract.resolve(name);
  // The last subscriber may have left while the message was under way.
  if (channel === null) return;
  const read = readMessage(services, channel, bytes);
  if ("reason" in read) {
    reject(services, channel, read);
    return;
  }
  services.metrics.messagesReceivedTotal.inc({ channel: channel.type.name, event: read.event.name });
  fanOut(services, channel, read);
  if (listensTo(channel.type, read.event.name)) react(services, channel, read);
}

function readMessage(
  services: GatewayServices,
  channel: ResolvedChannel,
  bytes: Uint8Array,
): Message | Rejection {
  const { metrics, limits } = services;
  const { type } = channel;
  const message = decodeBrokerMessage(bytes, limits.messageBytes);
  switch (message.kind) {
    case "malformed":
      return { reason: message.reason };
    case "bare":
      if (type.onlyEvent === null) return { reason: "bare_payload" };
      return validated(type.onlyEvent, message.data, null, Date.now());
    case "envelope": {
      const { e, d, i, t, f } = message.envelope;
      const event = type.events.get(e);
      if (event === undefined) return { reason: "unknown_event" };
      if (f !== event.fingerprint)
        metrics.unknownFingerprintsTotal.inc({ channel: type.name, event: event.name });
      metrics.publishLag.observe(Math.max(0, Date.now() - t) / 1000);
      return validated(event, d, i, t);
    }
    default:
      return message satisfies never;
  }
}

function validated(event: EventType, data: unknown, id: string | null, at: number): Message | Rejection {
  const result = event.validate(data);
  return result.ok
    ? { event, data: result.data, id, at }
    : { reason: "invalid_payload", event, issues: result.issues };
}

function fanOut({ audiences, metrics }: GatewayServices, channel: ResolvedChannel, message: Message): void {
  const members = audiences.get(channel.name)?.members;
  if (members === undefined || members.size === 0) return;
  const { event, data, id, at } = message;
  const frame: EventFrame = { type: "event", channel: channel.name, event: event.name, data, id, at };
  const bytes = textFrame(JSON.stringify(frame));
  metrics.messagesSentTotal.inc({ channel: channel.type.name, event: event.name }, members.size);
  for (const member of members) member.wire.send(bytes);
}

/** Runs this side's own reaction. Its failure is logged and stops nothing. */
function react(
  services: GatewayServices,
  { type, params, name }: ResolvedChannel,
  { event, data, id, at }: Message,
): void {
  const { running, reactions, limits, metrics, log, publish } = services;
  if (reactions.size >= limits.eventHandlersInFlight) {
    metrics.droppedTotal.inc({ reason: "event_handlers" });
    log.error(
      { channel: name, event: event.name, id },
      "too many handlers are running; this one was not called",
    );
    return;
  }
  const labels = { channel: type.name, handler: event.name };
  const stop = metrics.handlerDuration.startTimer(labels);
  const run = (async () => callOn(type, event.name, data, { params, id, at, publish, log }))()
    .catch((error: unknown) => {
      metrics.handlerErrorsTotal.inc(labels);
      log.error({ error, channel: name, event: event.name, id }, "a handler failed");
    })
    .finally(() => {
      stop();
      running.delete(run);
      reactions.delete(run);
    });
  running.add(run);
  reactions.add(run);
}

/** Counted and logged with path and code; values stay out of the log. */
function reject(
  { metrics, log }: GatewayServices,
  channel: ResolvedChannel,
  { reason, event, issues = [] }: Rejection,
): void {
  metrics.invalidMessagesTotal.inc({ channel: channel.type.name, reason });
  const listed = issues.slice(0, 10).map(({ path, code }) => ({ path: path.join("."), code }));
  log.warn(
    { channel: channel.name, reason, event: event?.name, issues: listed },
    "a message was not delivered",
  );
}
