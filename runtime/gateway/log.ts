import { pino } from "pino";
import type { Log } from "./definition.js";

/** A log whose children carry fields of their own: one per connection. */
export interface GatewayLog extends Log {
  child(fields: object): GatewayLog;
}

/** Keys that must not reach a log, should a handler put them there. */
const secretKeys = ["cookie", "cookies", "authorization", "password", "secret", "token", "key", "session"];

export type LogLevel = "debug" | "info" | "warn" | "error" | "silent";

/** Takes lines. Not pino's own type, which would ask for Node's types where only the gateway's are used. */
export interface LogDestination {
  write(line: string): void;
}

/** Standard output, written at once: a log that a crash cuts off says nothing about the crash. */
const standardOutput = (): LogDestination => pino.destination({ dest: 1, sync: true });

/** JSON lines. */
export function createLog(level: LogLevel, destination: LogDestination = standardOutput()): GatewayLog {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: pino.stdSerializers.err },
      redact: {
        paths: secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]),
        censor: "[redacted]",
      },
    },
    destination,
  );
}
