import { randomUUID } from "node:crypto";
import { BrokerUnavailable } from "../broker/broker.js";
import type { PayloadIssue } from "../protocol/frames.js";
import type { CommandType } from "./channel-type.js";
import type { Connection, Subscription } from "./connection.js";
import { RealtimeError } from "./errors.js";
import type { GatewayServices } from "./gateway.js";
import { callCommand } from "./handler-calls.js";
import { liveSubscription } from "./subscriptions.js";
import { TimeLimitExceeded, withinTime } from "./time-limit.js";

/** What a command came to. `data` is absent where the contract has no output. */
export type CommandOutcome =
  | { readonly ok: true; readonly data?: unknown }
  | {
      readonly ok: false;
      readonly code: string;
      readonly message: string;
      readonly issues?: readonly PayloadIssue[];
    };

/** Runs a browser's command: only on a channel that it is subscribed to, and only what the contract allows. */
export async function runCommand(
  services: GatewayServices,
  connection: Connection,
  request: { readonly channel: string; readonly command: string; readonly data: unknown },
): Promise<CommandOutcome> {
  const { limits, metrics } = services;
  if (connection.commandsInFlight >= limits.commandsInFlight) {
    metrics.rateLimitedTotal.inc();
    return refused("too_many_requests", `at most ${limits.commandsInFlight} commands at once`);
  }
  connection.commandsInFlight += 1;
  // Counted until the handler itself has ended, which can be long after its answer was given up.
  const release = () => {
    connection.commandsInFlight -= 1;
  };
  let started = false;
  try {
    const subscription = await liveSubscription(connection, request.channel);
    if (subscription === null) return refused("not_subscribed", "not subscribed to this channel");
    if (services.draining) return refused("unavailable", "the gateway goes away");
    const command = subscription.channel.type.commands.get(request.command);
    if (command === undefined) return refused("unknown_command", "no such command");
    const input = command.validateInput(request.data);
    if (!input.ok)
      return { ...refused("invalid_input", "the input does not fit the contract"), issues: input.issues };
    started = true;
    return await run(services, connection, subscription, command, input.data, release);
  } finally {
    if (!started) release();
  }
}

async function run(
  services: GatewayServices,
  connection: Connection,
  { channel }: Subscription,
  command: CommandType,
  input: unknown,
  release: () => void,
): Promise<CommandOutcome> {
  const { limits, metrics, running } = services;
  const { type, params } = channel;
  const labels = { channel: type.name, handler: command.name };
  const stop = metrics.handlerDuration.startTimer(labels);
  const call = (async () => callCommand(type, command.name, connection, input, params))();
  const ended = call
    .catch(() => {}) // its outcome is looked at below
    .finally(() => {
      stop();
      release();
      running.delete(ended);
    });
  running.add(ended);
  try {
    const result = await withinTime(limits.commandMs, () => call);
    if (command.validateOutput === null) return { ok: true };
    const output = command.validateOutput(result);
    if (output.ok) return { ok: true, data: output.data };
    const issues = output.issues.map(({ path, code }) => ({ path, code }));
    return internal(
      services,
      connection,
      labels,
      { issues },
      "the command's output does not fit the contract",
    );
  } catch (error) {
    if (error instanceof RealtimeError) return refused(error.code, error.message);
    if (error instanceof TimeLimitExceeded) {
      services.log.error({ ...labels, connection: connection.info.id }, "the command took too long");
      return refused("unavailable", "the command took too long; it may still run");
    }
    if (error instanceof BrokerUnavailable) {
      services.log.error(
        { ...labels, error, connection: connection.info.id },
        "the command could not publish",
      );
      return refused("unavailable", "messages cannot be published at present");
    }
    return internal(services, connection, labels, { error }, "the command failed");
  }
}

/** The browser learns an id, and the log what is behind it. */
function internal(
  { metrics, log }: GatewayServices,
  connection: Connection,
  labels: { readonly channel: string; readonly handler: string },
  fields: object,
  sentence: string,
): CommandOutcome {
  const id = randomUUID();
  metrics.handlerErrorsTotal.inc(labels);
  log.error({ ...fields, ...labels, id, connection: connection.info.id }, sentence);
  return refused("internal", `internal error ${id}`);
}

function refused(code: string, message: string): CommandOutcome & { readonly ok: false } {
  return { ok: false, code, message };
}
