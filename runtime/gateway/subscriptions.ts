import { BrokerUnavailable } from "../broker/broker.js";
import { ME } from "../protocol/frames.js";
import type { Connection, Refusal, Subscription } from "./connection.js";
import type { ResolvedChannel } from "./contract.js";
import type { GatewayServices } from "./gateway.js";
import { callAuthorize } from "./handler-calls.js";
import { withinTime } from "./time-limit.js";

/**
 * Subscribes a browser and answers with `subscribed`, before any event of the channel. Gives why not, where not. A
 * channel that it has already, or has asked for, is answered like the first time.
 */
export async function subscribe(
  services: GatewayServices,
  connection: Connection,
  ref: number,
  requested: string,
): Promise<Refusal | null> {
  const channel = resolveRequest(services, connection, requested);
  if ("code" in channel) return channel;
  const { name } = channel;
  for (;;) {
    const existing = connection.subscriptions.get(name);
    if (existing === undefined) break;
    const refusal = await existing.settled;
    if (refusal !== null) return refusal;
    if (existing.live) {
      connection.send({ type: "subscribed", ref, channel: name });
      return null;
    }
  }
  if (services.draining) return { code: "unavailable", message: "the gateway goes away" };
  if (connection.subscriptions.size >= services.limits.subscriptions) {
    return {
      code: "too_many_subscriptions",
      message: `at most ${services.limits.subscriptions} subscriptions`,
    };
  }
  const subscription: Subscription = { channel, live: false, settled: Promise.resolve(null) };
  connection.subscriptions.set(name, subscription);
  subscription.settled = admit(services, connection, subscription, ref);
  return subscription.settled;
}

/** Ends a subscription and answers with `unsubscribed`; nothing of the channel is sent after it. */
export async function unsubscribe(
  services: GatewayServices,
  connection: Connection,
  ref: number,
  requested: string,
): Promise<Refusal | null> {
  const subscription = await liveSubscription(connection, requested);
  if (subscription === null) return { code: "not_subscribed", message: "not subscribed to this channel" };
  const { name } = subscription.channel;
  end(services, connection, subscription);
  connection.send({ type: "unsubscribed", ref, channel: name });
  return null;
}

/** The browser's subscription by the name that it uses, once an answer that is under way is there. */
export async function liveSubscription(
  connection: Connection,
  requested: string,
): Promise<Subscription | null> {
  const subscription =
    connection.subscriptions.get(requested) ??
    connection.subscriptions.get(withUserId(connection, requested));
  if (subscription === undefined) return null;
  if (!subscription.live) await subscription.settled;
  return subscription.live ? subscription : null;
}

/** Ends all of a connection's subscriptions, when it is gone. */
export function release(services: GatewayServices, connection: Connection): void {
  for (const subscription of connection.subscriptions.values()) end(services, connection, subscription);
  connection.subscriptions.clear();
}

function end(
  { audiences, metrics }: GatewayServices,
  connection: Connection,
  subscription: Subscription,
): void {
  const { name, type } = subscription.channel;
  connection.subscriptions.delete(name);
  if (!subscription.live) return;
  subscription.live = false;
  audiences.leave(name, connection);
  metrics.subscriptions.dec({ channel: type.name });
}

const unknownChannel: Refusal = { code: "unknown_channel", message: "no such channel" };
const forbidden: Refusal = { code: "forbidden", message: "not allowed" };
const notSignedIn: Refusal = { code: "authorization_failed", message: "not signed in" };

function resolveRequest(
  { contract }: GatewayServices,
  connection: Connection,
  requested: string,
): ResolvedChannel | Refusal {
  const type = contract.requestedType(requested);
  // A browser names its own channel with `@me` and cannot name another's, whoever it is.
  if (type === null) return contract.resolve(requested)?.type.perUser ? forbidden : unknownChannel;
  if (type.access !== "public" && type.access !== "custom" && connection.user === null) return notSignedIn;
  if (type.perUser !== null && connection.user === null) return notSignedIn;
  const resolved = contract.resolve(type.perUser === null ? requested : withUserId(connection, requested));
  return resolved?.type === type ? resolved : unknownChannel;
}

function withUserId(connection: Connection, requested: string): string {
  const { user } = connection;
  return user === null ? requested : requested.replace(ME, () => String(user.id));
}

async function admit(
  services: GatewayServices,
  connection: Connection,
  subscription: Subscription,
  ref: number,
): Promise<Refusal | null> {
  const { audiences, metrics, log } = services;
  const { channel } = subscription;
  try {
    if (!(await isAuthorized(services, connection, channel))) {
      connection.subscriptions.delete(channel.name);
      return forbidden;
    }
    await audiences.join(channel, connection, () => {
      if (connection.closed || connection.subscriptions.get(channel.name) !== subscription) return false;
      subscription.live = true;
      metrics.subscriptions.inc({ channel: channel.type.name });
      connection.send({ type: "subscribed", ref, channel: channel.name });
      return true;
    });
    return null;
  } catch (error) {
    connection.subscriptions.delete(channel.name);
    const unavailable = error instanceof BrokerUnavailable;
    log[unavailable ? "warn" : "error"]({ error, channel: channel.name }, "subscribing failed");
    return unavailable
      ? { code: "unavailable", message: "messages cannot be had at present" }
      : { code: "internal", message: "internal error" };
  }
}

/** Only the value `true` admits: no truthy value, no promise of one, and nothing that throws or takes too long. */
async function isAuthorized(
  { limits, metrics, log }: GatewayServices,
  connection: Connection,
  { type, name, params }: ResolvedChannel,
): Promise<boolean> {
  switch (type.access) {
    case "public":
      return true;
    case "session":
      return connection.user !== null;
    case "custom": {
      const stop = metrics.handlerDuration.startTimer({ channel: type.name, handler: "authorize" });
      try {
        const verdict = await withinTime(limits.authorizeMs, () => callAuthorize(type, connection, params));
        return verdict === true;
      } catch (error) {
        metrics.handlerErrorsTotal.inc({ channel: type.name, handler: "authorize" });
        log.error({ error, channel: name, connection: connection.info.id }, "authorize failed; refused");
        return false;
      } finally {
        stop();
      }
    }
    default:
      return type.access satisfies never;
  }
}
