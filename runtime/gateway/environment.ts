import {
  missingSessionVariables,
  type SessionCookie,
  type SessionEnvironmentOptions,
  sessionFromEnvironment,
} from "../auth/index.js";
import { StartError } from "./errors.js";
import { createLog, type LogLevel } from "./log.js";
import type { BrokerOptions, StartOptions } from "./start.js";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface EnvironmentSettings {
  readonly mode: "production" | "development";
  /** The Rails application's folder, for the secret that Rails makes up in development. */
  readonly root: string;
  /** Takes the memory broker whatever `REDIS_URL` says: `--memory`. */
  readonly memory?: boolean;
  /** What `gateway.ts` says of the session's cookie: `sessionCookie`. */
  readonly sessionCookie?: SessionCookie | undefined;
  /** Development: what opens `POST /publish` where `SIGNALBOX_PUBLISH_KEY` is not set. */
  readonly publishKey?: string;
}

const DEFAULT_PORT = 8081;
const logLevels: readonly LogLevel[] = ["debug", "info", "warn", "error", "silent"];

/**
 * Options for `startGateway` from the environment; `docs/gateway.md` lists the variables.
 *
 * In development, a memory broker is taken where `REDIS_URL` is not set, and the gateway binds to loopback.
 *
 * @throws StartError naming everything that is missing or wrong, all at once
 */
export function environmentOptions(environment: Environment, settings: EnvironmentSettings): StartOptions {
  const development = settings.mode === "development";
  const memory = settings.memory ?? (development && !present(environment.REDIS_URL));
  const publishKey = present(environment.SIGNALBOX_PUBLISH_KEY) ?? settings.publishKey;
  const session = { environment, root: settings.root, development, cookie: settings.sessionCookie };
  const missing = [
    ...(memory || present(environment.REDIS_URL) ? [] : ["REDIS_URL"]),
    ...(memory && publishKey === undefined ? ["SIGNALBOX_PUBLISH_KEY"] : []),
    ...missingSessionVariables(session),
  ];
  if (missing.length > 0) {
    const listed = missing.map((name) =>
      name === "SESSION_KEY" ? `${name} (or sessionCookie in gateway.ts)` : name,
    );
    throw new StartError(`missing environment variables: ${listed.join(", ")}`);
  }

  const broker: BrokerOptions = memory
    ? { kind: "memory", publishKey: publishKey ?? "" }
    : {
        kind: "redis",
        url: checkRedisUrl(environment.REDIS_URL?.trim() ?? ""),
        prefix: environment.SIGNALBOX_PREFIX ?? "",
      };
  return {
    mode: settings.mode,
    host: present(environment.HOST) ?? (development ? "127.0.0.1" : "0.0.0.0"),
    port: parsePort(environment.PORT),
    broker,
    readSession: readSession(session),
    metricsKey: present(environment.SIGNALBOX_METRICS_KEY) ?? null,
    trustProxy: parseFlag("SIGNALBOX_TRUST_PROXY", environment.SIGNALBOX_TRUST_PROXY),
    log: createLog(parseLevel(environment.LOG_LEVEL)),
  };
}

/** White space alone is as good as nothing. */
function present(value: string | undefined): string | undefined {
  return value?.trim() || undefined;
}

function readSession(options: SessionEnvironmentOptions): StartOptions["readSession"] {
  try {
    return sessionFromEnvironment(options);
  } catch (error) {
    throw new StartError(error instanceof Error ? error.message : String(error));
  }
}

/** Does not show what it refuses: there may be a password in it. */
function checkRedisUrl(url: string): string {
  if (/^rediss?:\/\//.test(url) && URL.canParse(url)) return url;
  throw new StartError("REDIS_URL must be a URL that begins with redis:// or rediss://");
}

function parsePort(text: string | undefined): number {
  const value = present(text);
  if (value === undefined) return DEFAULT_PORT;
  const port = Number(value);
  if (/^\d+$/.test(value) && port <= 65_535) return port;
  throw new StartError(`PORT is ${JSON.stringify(value)}; it must be a number from 0 to 65535`);
}

function parseFlag(name: string, text: string | undefined): boolean {
  const value = present(text) ?? "0";
  if (value === "1" || value === "0") return value === "1";
  throw new StartError(`${name} is ${JSON.stringify(value)}; it must be 1 or 0`);
}

function parseLevel(text: string | undefined): LogLevel {
  const value = present(text) ?? "info";
  const level = logLevels.find((known) => known === value);
  if (level !== undefined) return level;
  throw new StartError(`LOG_LEVEL is ${JSON.stringify(value)}; it must be one of ${logLevels.join(", ")}`);
}
