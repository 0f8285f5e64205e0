import { createCipheriv, pbkdf2Sync, randomBytes } from "node:crypto";
import { type Channel, channel } from "signalbox";
import { railsSession } from "signalbox/cookies";
import {
  type ChannelHandlers,
  defineGateway,
  type GatewayLog,
  type GatewayOptions,
  type RunningGateway,
  type Server,
  type StartOptions,
  session,
  startGateway,
  type User,
} from "signalbox/gateway";
import { z } from "zod";
import { probeDigest } from "../../runtime/contract/probes.js";

export const origin = "https://app.example";
export const publishKey = "a publish key";
const secretKeyBase = randomBytes(64).toString("hex");
const cookieName = "_app_session";

/** A `Cookie` header as Rails 7 writes it for this session. */
export function cookieFor(session: object): string {
  const key = pbkdf2Sync(secretKeyBase, "authenticated encrypted cookie", 1000, 32, "sha256");
  const message = Buffer.from(JSON.stringify(session)).toString("base64");
  const envelope = JSON.stringify({ _rails: { message, exp: null, pur: `cookie.${cookieName}` } });
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  const encrypted = Buffer.concat([cipher.update(envelope), cipher.final()]);
  const parts = [encrypted, iv, cipher.getAuthTag()].map((part) => part.toString("base64"));
  return `${cookieName}=${encodeURIComponent(parts.join("--"))}`;
}

/** The fingerprint of every event in these tests. */
export const fingerprint = "0123456789ab";

/** An envelope as Ruby writes it. */
export function envelope(event: string, data: unknown, rest: object = {}): string {
  return JSON.stringify({ sb: 1, e: event, d: data, i: "id-1", t: Date.now(), f: fingerprint, ...rest });
}

/** One channel with its handlers, as generated code would hand it over. */
export interface TestChannel {
  readonly channel: Channel;
  readonly handlers?: ChannelHandlers;
}

export const Message = z.object({ author: z.string(), body: z.string().min(1) });

export const thing = channel("thing", {
  access: "public",
  delivery: "ephemeral",
  events: { updated: z.object({ user_id: z.int(), contents: z.string() }) },
});

export const room = channel("room:{roomId}", {
  params: { roomId: z.int().min(1) },
  access: "custom",
  delivery: "ephemeral",
  events: { messagePosted: Message, typing: z.object({ author: z.string() }) },
  commands: {
    startTyping: { input: z.object({}) },
    postMessage: { input: z.object({ body: z.string().trim().min(1).max(20) }), output: Message },
  },
});

export const inbox = channel("inbox:{userId}", {
  params: { userId: z.int() },
  access: "session",
  delivery: "ephemeral",
  perUser: "userId",
  events: { notified: z.object({ title: z.string() }) },
});

export function serverOf(
  channels: readonly TestChannel[],
  options: Partial<GatewayOptions<User, unknown>> = {},
): Server {
  return {
    kind: "server",
    fingerprint: "ba9876543210",
    zodVersion: "4.6.7",
    zodProbes: probeDigest(z),
    gateway: defineGateway({ origins: [origin], identify: session("user_id"), ...options }),
    channels: channels.map(({ channel, handlers }) => {
      const name = channel.pattern.split(":")[0] ?? "";
      const events = Object.fromEntries(
        Object.keys(channel.options.events ?? {}).map((e) => [e, fingerprint]),
      );
      return { name, identifier: name, channel, events, handlers: handlers ?? null };
    }),
  };
}

export interface LogLine {
  readonly level: "debug" | "info" | "warn" | "error";
  readonly message: string;
  readonly [field: string]: unknown;
}

/** Keeps what was logged, as the lines would be written. */
export function recordingLog(): GatewayLog & { readonly lines: LogLine[] } {
  const lines: LogLine[] = [];
  const at = (bindings: object): GatewayLog => {
    const write = (level: LogLine["level"]) => (fields: object, message: string) => {
      lines.push({ ...bindings, ...fields, level, message });
    };
    return {
      debug: write("debug"),
      info: write("info"),
      warn: write("warn"),
      error: write("error"),
      child: (fields) => at({ ...bindings, ...fields }),
    };
  };
  return Object.assign(at({}), { lines });
}

export interface TestGateway extends RunningGateway {
  readonly log: ReturnType<typeof recordingLog>;
  /** `POST /publish` with these bytes; gives the status and the answer. */
  post(body: unknown, headers?: Record<string, string>): Promise<{ status: number; body: unknown }>;
  /** Publishes on the memory broker. */
  publish(channel: string, message: string): Promise<void>;
  /** A sample of `/metrics` by its name with labels, as Prometheus writes it; 0 where there is none. */
  metric(series: string): Promise<number>;
}

/** A running gateway, on the memory broker where nothing else is said. */
export async function startTestGateway(
  server: Server,
  options: Partial<StartOptions> = {},
): Promise<TestGateway> {
  const log = recordingLog();
  const gateway = await startGateway(server, {
    mode: "production",
    host: "127.0.0.1",
    port: 0,
    broker: { kind: "memory", publishKey },
    readSession: railsSession({ secretKeyBase, loadDefaults: "7.2", cookie: cookieName }),
    metricsKey: null,
    log,
    ...options,
    limits: { drainMs: 2_000, ...options.limits },
  });
  const url = `http://127.0.0.1:${gateway.port}`;
  const post: TestGateway["post"] = async (body, headers = { authorization: `Bearer ${publishKey}` }) => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const response = await fetch(`${url}/publish`, { method: "POST", body: text, headers });
    return { status: response.status, body: await response.json() };
  };
  return {
    host: gateway.host,
    port: gateway.port,
    get connections() {
      return gateway.connections;
    },
    stop: () => gateway.stop(),
    log,
    post,
    async publish(channel, message) {
      const { status, body } = await post([{ channel, message }]);
      if (status !== 200) throw new Error(`publishing failed: ${status} ${JSON.stringify(body)}`);
    },
    async metric(series) {
      const text = await (await fetch(`${url}/metrics`)).text();
      const line = text.split("\n").find((candidate) => candidate.startsWith(`${series} `));
      return line === undefined ? 0 : Number(line.slice(series.length + 1));
    },
  };
}
