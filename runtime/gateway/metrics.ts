import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * What the gateway counts. `channel` is the channel's name in the contract, never a concrete one, and no label bears
 * an id, so that the number of series does not grow with use.
 */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Counter({ name: `signalbox_${name}`, help, labelNames, registers });
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Gauge({ name: `signalbox_${name}`, help, labelNames, registers });
  const histogram = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Histogram({ name: `signalbox_${name}`, help, labelNames, buckets: seconds, registers });

  return {
    registry,
    connections: gauge("connections", "Browsers connected now.", []),
    connectionsTotal: counter("connections_total", "Browsers that were welcomed.", []),
    disconnectsTotal: counter("disconnects_total", "Connections that ended, by reason.", ["reason"]),
    handshakesRefusedTotal: counter("handshakes_refused_total", "Handshakes refused before the upgrade.", [
      "reason",
    ]),
    authFailuresTotal: counter("auth_failures_total", "Session cookies that were not taken.", ["reason"]),
    subscriptions: gauge("subscriptions", "Live subscriptions of browsers.", ["channel"]),
    framesReceivedTotal: counter("frames_received_total", "Frames of browsers.", ["type"]),
    refusalsTotal: counter("refusals_total", "Requests of browsers answered with an error.", ["code"]),
    rateLimitedTotal: counter(
      "rate_limited_total",
      "Frames and commands refused because there were too many.",
      [],
    ),
    messagesReceivedTotal: counter("messages_received_total", "Valid messages off the broker.", [
      "channel",
      "event",
    ]),
    messagesSentTotal: counter("messages_sent_total", "Event frames given to browsers.", [
      "channel",
      "event",
    ]),
    messagesPublishedTotal: counter("messages_published_total", "Messages published by handlers.", [
      "channel",
      "event",
    ]),
    invalidMessagesTotal: counter(
      "invalid_messages_total",
      "Messages off the broker that were not delivered.",
      ["channel", "reason"],
    ),
    unknownFingerprintsTotal: counter(
      "unknown_fingerprints_total",
      "Messages whose publisher has another version of the event.",
      ["channel", "event"],
    ),
    droppedTotal: counter("dropped_total", "What was given up because of a bound, by reason.", ["reason"]),
    handlerErrorsTotal: counter("handler_errors_total", "Handlers that threw.", ["channel", "handler"]),
    handlerDuration: histogram("handler_duration_seconds", "How long handlers ran.", ["channel", "handler"]),
    publishLag: histogram("publish_lag_seconds", "From the publisher's clock to the gateway's.", []),
    sendBufferBytes: gauge("send_buffer_bytes", "Bytes that wait for browsers to read them.", []),
    brokerUp: gauge("broker_up", "Whether the broker is connected.", []),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
