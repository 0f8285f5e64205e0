import { startGateway } from "signalbox/gateway";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort, type RedisServer, startRedis } from "../support/redis.js";
import { Browser } from "./browser.js";
import {
  envelope,
  recordingLog,
  room,
  serverOf,
  startTestGateway,
  type TestGateway,
  thing,
} from "./fixture.js";

// A prefix that a glob would read otherwise, did nobody escape it.
const prefix = "app[1]*:";

describe("a gateway on Redis", () => {
  let redis: RedisServer;
  let gateway: TestGateway;
  const reactions: unknown[] = [];
  beforeAll(async () => {
    redis = await startRedis();
    gateway = await startTestGateway(
      serverOf([
        { channel: thing },
        {
          channel: room,
          handlers: {
            authorize: () => true,
            on: {
              typing: (data: unknown, { params }: { params: unknown }) => reactions.push([data, params]),
            },
            commands: {
              startTyping: () => {},
              async postMessage(ctx: { publish: unknown }, draft: { body: string }, params: unknown) {
                const message = { author: "ann", body: draft.body };
                const publish: Publish = Object(ctx.publish);
                await publish.room(params).messagePosted(message);
                return message;
              },
            },
          },
        },
      ]),
      { broker: { kind: "redis", url: redis.url, prefix } },
    );
  });
  afterAll(async () => {
    await gateway.stop();
    await redis.stop();
  });

  interface Publish {
    room(params: unknown): { messagePosted(message: object): Promise<string> };
  }

  test("delivers what is published by hand, bare or in an envelope", async () => {
    const browser = await Browser.connect(gateway.port);
    await browser.subscribe("thing");
    await redis.publish(`${prefix}thing`, JSON.stringify({ user_id: 1, contents: "é\u2028" }));
    await redis.publish(`${prefix}thing`, envelope("updated", { user_id: 2, contents: "x" }, { i: "b" }));
    expect(await browser.next("event")).toMatchObject({
      data: { user_id: 1, contents: "é\u2028" },
      id: null,
    });
    expect(await browser.next("event")).toMatchObject({ data: { user_id: 2, contents: "x" }, id: "b" });
    await browser.close();
  });

  test("subscribes to a channel while a browser needs it, and once", async () => {
    const name = `${prefix}thing`;
    expect(await redis.channels()).not.toContain(name);
    const browsers = await Promise.all([1, 2, 3].map(() => Browser.connect(gateway.port)));
    for (const browser of browsers) await browser.subscribe("thing");
    expect(await redis.publish(name, "{}")).toBe(1);
    for (const browser of browsers) await browser.close();
    await expect.poll(() => redis.channels()).not.toContain(name);
  });

  test("hears parameterised channels that a handler needs through one pattern, each message once", async () => {
    const browser = await Browser.connect(gateway.port);
    await browser.subscribe("room:5");
    reactions.length = 0;
    for (const author of ["ann", "bob"])
      await redis.publish(`${prefix}room:5`, envelope("typing", { author }));
    expect((await browser.next("event")).data).toEqual({ author: "ann" });
    expect((await browser.next("event")).data).toEqual({ author: "bob" });
    // What Redis' glob takes and the contract does not, or what only looks like the prefix, is nobody's.
    await redis.publish(`${prefix}room:5:members`, envelope("typing", { author: "eve" }));
    await redis.publish(`${prefix}room:05`, envelope("typing", { author: "eve" }));
    expect(await redis.publish("app1x:room:5", envelope("typing", { author: "eve" }))).toBe(0);
    await redis.publish(`${prefix}room:5`, envelope("typing", { author: "last" }));
    expect((await browser.next("event")).data).toEqual({ author: "last" });
    expect(reactions).toEqual([
      [{ author: "ann" }, { roomId: 5 }],
      [{ author: "bob" }, { roomId: 5 }],
      [{ author: "last" }, { roomId: 5 }],
    ]);
    await browser.close();
  });

  test("carries what handlers publish", async () => {
    const [ann, bob] = [await Browser.connect(gateway.port), await Browser.connect(gateway.port)];
    for (const browser of [ann, bob]) await browser.subscribe("room:1");
    expect(await ann.command("room:1", "postMessage", { body: "  hi " })).toEqual({
      type: "reply",
      ref: 2,
      data: { author: "ann", body: "hi" },
    });
    expect(await bob.next("event")).toMatchObject({
      event: "messagePosted",
      data: { author: "ann", body: "hi" },
    });
    await Promise.all([ann.close(), bob.close()]);
  });

  test("survives garbage: logged, counted, not delivered", async () => {
    const browser = await Browser.connect(gateway.port);
    await browser.subscribe("thing");
    const garbage: readonly (readonly [string | Buffer, string])[] = [
      ["", "not_json"],
      ["{", "not_json"],
      ["\ufeff{}", "not_json"],
      [Buffer.from([0xff, 0xfe, 0x00]), "not_utf8"],
      [
        Buffer.concat([Buffer.from('{"user_id":1,"contents":"'), Buffer.from([0xc3]), Buffer.from('"}')]),
        "not_utf8",
      ],
      ["null", "invalid_payload"],
      ["[]", "invalid_payload"],
      ['"text"', "invalid_payload"],
      [`${"[".repeat(100_000)}${"]".repeat(100_000)}`, "too_deep"],
      [JSON.stringify({ user_id: 1, contents: "x".repeat(1024 * 1024) }), "too_large"],
      ['{"user_id":1,"contents":"\\ud800"}', "lone_surrogate"],
      ['{"sb":2,"e":"updated","d":{}}', "unsupported_version"],
      ['{"sb":1}', "invalid_event_name"],
      ['{"sb":1,"e":"updated"}', "missing_payload"],
      [envelope("updated", {}, { i: "" }), "invalid_id"],
      [envelope("updated", {}, { t: "now" }), "invalid_time"],
      [envelope("updated", {}, { f: "x" }), "invalid_fingerprint"],
      [envelope("toString", {}), "unknown_event"],
      [envelope("__proto__", {}), "unknown_event"],
    ];
    const lines = gateway.log.lines.length;
    for (const [message] of garbage) await redis.publish(`${prefix}thing`, message);
    await redis.publish(`${prefix}thing`, envelope("updated", { user_id: 1, contents: "still alive" }));
    expect((await browser.next("event")).data).toEqual({ user_id: 1, contents: "still alive" });
    expect(browser.frames).toEqual([]);
    const reasons = gateway.log.lines.slice(lines).map((line) => line.reason);
    expect(reasons.filter((reason) => reason !== undefined)).toEqual(garbage.map(([, reason]) => reason));
    await browser.close();
  });

  test("says so when Redis goes, and delivers again when it is back", async () => {
    const [subscribed, idle] = [await Browser.connect(gateway.port), await Browser.connect(gateway.port)];
    await subscribed.subscribe("thing");
    await subscribed.subscribe("room:9");
    const ready = async () => (await fetch(`http://127.0.0.1:${gateway.port}/readyz`)).status;
    expect(await ready()).toBe(200);
    const lines = gateway.log.lines.length;
    const told = (level: string) =>
      gateway.log.lines
        .slice(lines)
        .filter((line) => line.level === level && line.message.startsWith("the broker"))
        .map((line) => line.message);

    await redis.kill();
    await expect.poll(ready).toBe(503);
    expect(await gateway.metric("signalbox_broker_up")).toBe(0);
    expect(await idle.subscribe("thing")).toMatchObject({ type: "error", code: "unavailable" });
    expect(await subscribed.command("room:9", "postMessage", { body: "hi" })).toMatchObject({
      code: "unavailable",
    });

    await redis.start();
    expect(await subscribed.next("gap")).toEqual({ type: "gap", reason: "broker_reconnected" });
    expect(await ready()).toBe(200);
    // One outage is told once, however often reconnecting fails.
    expect(told("debug")).toContain("the broker failed");
    expect(told("error")).toEqual([
      "the broker failed",
      "the broker is lost; nothing is delivered until it is back",
    ]);
    expect(told("warn")).toEqual(["the broker is back; messages in between may be missing"]);
    await redis.publish(`${prefix}thing`, envelope("updated", { user_id: 1, contents: "back" }));
    await redis.publish(`${prefix}room:9`, envelope("typing", { author: "back" }));
    expect((await subscribed.next("event")).data).toEqual({ user_id: 1, contents: "back" });
    expect((await subscribed.next("event")).data).toEqual({ author: "back" });
    expect(await idle.subscribe("thing")).toMatchObject({ type: "subscribed" });
    expect(idle.frames).toEqual([]);
    await Promise.all([subscribed.close(), idle.close()]);
  });
});

describe("starting", () => {
  test("fails with one clear sentence where Redis cannot be reached, without its password", async () => {
    const port = await freePort();
    const start = startTestGateway(serverOf([{ channel: thing }]), {
      broker: { kind: "redis", url: `redis://user:hunter2@127.0.0.1:${port}/3`, prefix: "" },
    });
    await expect(start).rejects.toThrow(
      `cannot reach Redis at redis://127.0.0.1:${port}: connect ECONNREFUSED`,
    );
    await expect(start).rejects.not.toThrow("hunter2");
  });

  test.each(["localhost:6379", "http://localhost", "", "redis://:hunter2@:x"])(
    "refuses the URL %j",
    async (url) => {
      const broker = { kind: "redis", url, prefix: "" } as const;
      const options = { mode: "production", host: "127.0.0.1", port: 0, broker, metricsKey: null } as const;
      const readSession = () => ({ ok: false, reason: "missing" }) as const;
      const start = startGateway(serverOf([]), { ...options, readSession, log: recordingLog() });
      await expect(start).rejects.toThrow(/^cannot reach Redis at/);
      await expect(start).rejects.not.toThrow("hunter2");
    },
  );
});
