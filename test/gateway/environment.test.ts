import { tmpdir } from "node:os";
import { environmentOptions, StartError } from "signalbox/gateway";
import { describe, expect, test } from "vitest";

const secret = "0123456789abcdef".repeat(8);
const root = tmpdir();

describe("environmentOptions", () => {
  const production = { mode: "production", root } as const;
  const development = { mode: "development", root } as const;
  const complete = { REDIS_URL: "redis://localhost", SECRET_KEY_BASE: secret, SESSION_KEY: "_app_session" };

  test("names everything that is missing in one message", () => {
    expect(() => environmentOptions({}, production)).toThrow(
      new StartError(
        "missing environment variables: REDIS_URL, SECRET_KEY_BASE, SESSION_KEY (or sessionCookie in gateway.ts)",
      ),
    );
    expect(() => environmentOptions({ REDIS_URL: "  " }, { ...production, memory: true })).toThrow(
      new StartError(
        "missing environment variables: SIGNALBOX_PUBLISH_KEY, SECRET_KEY_BASE, SESSION_KEY (or sessionCookie in gateway.ts)",
      ),
    );
  });

  test("does without SESSION_KEY where gateway.ts names the cookie", () => {
    const sessionCookie = { name: "_app_session" };
    expect(() => environmentOptions({}, { ...production, sessionCookie })).toThrow(
      new StartError("missing environment variables: REDIS_URL, SECRET_KEY_BASE"),
    );
    expect(() => environmentOptions({}, { ...development, publishKey: "k", sessionCookie })).not.toThrow();
  });

  test.each(["localhost:17999", "user:hunter2@redis:6379", "http://localhost", "redis://local host"])(
    "refuses %s as REDIS_URL, without showing it",
    (url) => {
      expect(() => environmentOptions({ ...complete, REDIS_URL: url }, production)).toThrow(
        new StartError("REDIS_URL must be a URL that begins with redis:// or rediss://"),
      );
    },
  );

  test("takes Redis in production and listens everywhere", () => {
    expect(environmentOptions({ ...complete, SIGNALBOX_PREFIX: "p:", PORT: "9" }, production)).toMatchObject({
      mode: "production",
      host: "0.0.0.0",
      port: 9,
      broker: { kind: "redis", url: "redis://localhost", prefix: "p:" },
      metricsKey: null,
      trustProxy: false,
    });
  });

  test("takes memory in development without REDIS_URL, and listens on this machine only", () => {
    const { REDIS_URL: _, ...rest } = complete;
    expect(environmentOptions(rest, { ...development, publishKey: "k" })).toMatchObject({
      host: "127.0.0.1",
      port: 8081,
      broker: { kind: "memory", publishKey: "k" },
    });
    expect(environmentOptions(complete, { ...development, publishKey: "k" }).broker.kind).toBe("redis");
  });

  test.each([
    [{ PORT: "http" }, 'PORT is "http"; it must be a number from 0 to 65535'],
    [{ PORT: "65536" }, 'PORT is "65536"; it must be a number from 0 to 65535'],
    [{ SIGNALBOX_TRUST_PROXY: "yes" }, 'SIGNALBOX_TRUST_PROXY is "yes"; it must be 1 or 0'],
    [{ LOG_LEVEL: "loud" }, 'LOG_LEVEL is "loud"; it must be one of debug, info, warn, error, silent'],
    [{ SECRET_KEY_BASE: "short" }, "SECRET_KEY_BASE has 5 characters; at least 30 are needed"],
  ])("refuses %j", (change, message) => {
    expect(() => environmentOptions({ ...complete, ...change }, production)).toThrow(message);
  });
});
