import type { IncomingMessage, ServerResponse } from "node:http";
import type { GatewayServices } from "../gateway.js";
import { bearsKey } from "./bearer.js";
import { publishOverHttp } from "./publish.js";

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string is sent as it is, anything else as JSON. */
  readonly body: unknown;
}

export interface HttpOptions {
  /** Opens `POST /publish`; `null` where the broker is not the gateway's own. */
  readonly publishKey: string | null;
  /** Opens `/metrics`; without it only this machine may ask. */
  readonly metricsKey: string | null;
}

/** Everything that is not a WebSocket: health, metrics and, on the memory broker, publishing. */
export function answerHttp(
  services: GatewayServices,
  options: HttpOptions,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  route(services, options, request)
    .catch((error: unknown): Answer => {
      services.log.error({ error, path: pathOf(request) }, "an HTTP request failed");
      return { status: 500, body: { error: "internal error" } };
    })
    .then((answer) => send(request, response, answer));
}

async function route(
  services: GatewayServices,
  { publishKey, metricsKey }: HttpOptions,
  request: IncomingMessage,
): Promise<Answer> {
  switch (pathOf(request)) {
    case "/up":
      return { status: 200, body: "ok\n" };
    case "/readyz": {
      const { draining, broker } = services;
      const ready = broker.up && !draining;
      return { status: ready ? 200 : 503, body: { ready, broker: broker.up, draining } };
    }
    case "/metrics":
      return mayReadMetrics(request, metricsKey) ? metrics(services) : notFound;
    case "/publish":
      if (publishKey === null) return notFound;
      return publishOverHttp(request, services.broker, publishKey, services.limits.messageBytes);
    default:
      return notFound;
  }
}

const notFound: Answer = { status: 404, body: "not found\n" };

async function metrics({ connections, metrics }: GatewayServices): Promise<Answer> {
  let waiting = 0;
  for (const connection of connections) waiting += connection.wire.waiting;
  metrics.sendBufferBytes.set(waiting);
  const { registry } = metrics;
  return { status: 200, headers: { "content-type": registry.contentType }, body: await registry.metrics() };
}

const loopback = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);
/** A proxy on this machine connects from it as well, on behalf of anybody. */
const proxyHeaders = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via", "origin"];

function mayReadMetrics(request: IncomingMessage, key: string | null): boolean {
  if (key !== null) return bearsKey(request, key);
  const isLocal = loopback.has(request.socket.remoteAddress ?? "");
  return isLocal && proxyHeaders.every((header) => request.headers[header] === undefined);
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? "").split("?", 1)[0] ?? "";
}

function send(request: IncomingMessage, response: ServerResponse, { status, headers, body }: Answer): void {
  const isText = typeof body === "string";
  response.writeHead(status, {
    "content-type": isText ? "text/plain; charset=utf-8" : "application/json",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    // What has not been read of a body is not waited for.
    ...(request.complete ? {} : { connection: "close" }),
    ...headers,
  });
  response.end(isText ? body : `${JSON.stringify(body)}\n`);
}
