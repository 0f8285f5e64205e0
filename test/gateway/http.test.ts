import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { Browser } from "./browser.js";
import {
  envelope,
  origin,
  publishKey,
  room,
  serverOf,
  startTestGateway,
  type TestGateway,
  thing,
} from "./fixture.js";

const handlers = { authorize: () => true, commands: { startTyping: () => {}, postMessage: () => ({}) } };
const valid = { channel: "thing", message: envelope("updated", { user_id: 1, contents: "x" }) };

describe("POST /publish", () => {
  let gateway: TestGateway;
  let browser: Browser;
  beforeAll(async () => {
    gateway = await startTestGateway(serverOf([{ channel: thing }, { channel: room, handlers }]));
    browser = await Browser.connect(gateway.port);
    await browser.subscribe("thing");
    await browser.subscribe("room:1");
  });
  afterAll(async () => {
    await browser.close();
    await gateway.stop();
  });
  afterEach(() => {
    browser.frames.length = 0;
  });

  /** Nothing came of what was refused: the next valid message is the first to arrive. */
  async function expectNothingDelivered(): Promise<void> {
    await gateway.publish("thing", envelope("updated", { user_id: 1, contents: "next" }, { i: "next" }));
    expect((await browser.next("event")).id).toBe("next");
  }

  test("delivers all entries, in order", async () => {
    const entries = [
      valid,
      { channel: "room:1", message: envelope("typing", { author: "ann" }) },
      { channel: "room:2", message: envelope("typing", { author: "nobody is there" }) },
      { channel: "thing", message: JSON.stringify({ user_id: 2, contents: "bare" }) },
    ];
    expect(await gateway.post(entries)).toEqual({ status: 200, body: { published: 4 } });
    const events = [await browser.next("event"), await browser.next("event"), await browser.next("event")];
    expect(events.map(({ channel, data }) => [channel, data])).toEqual([
      ["thing", { user_id: 1, contents: "x" }],
      ["room:1", { author: "ann" }],
      ["thing", { user_id: 2, contents: "bare" }],
    ]);
  });

  test.each([
    ["no key", {}],
    ["a wrong key", { authorization: "Bearer wrong" }],
    ["an empty key", { authorization: "Bearer " }],
    ["another scheme", { authorization: `Basic ${publishKey}` }],
    ["a longer key", { authorization: `Bearer ${publishKey}x` }],
  ])("%s is refused with 401", async (_, headers) => {
    expect((await gateway.post([valid], headers)).status).toBe(401);
    await expectNothingDelivered();
  });

  test("no browser publishes, whatever it bears", async () => {
    const headers = { authorization: `Bearer ${publishKey}`, origin };
    expect((await gateway.post([valid], headers)).status).toBe(403);
    await expectNothingDelivered();
  });

  test.each([
    ["not JSON", "{", "the body must be a JSON array"],
    ["an object", valid, "the body must be a JSON array"],
    ["no entry", [], "1 to 1000 entries"],
    ["too many entries", Array.from({ length: 1_001 }, () => valid), "1 to 1000 entries"],
    ["an entry that is none", [valid, null], "entry 1: channel and message must be strings"],
    [
      "a message that is no string",
      [valid, { ...valid, message: {} }],
      "entry 1: channel and message must be strings",
    ],
    [
      "a channel that is no string",
      [{ ...valid, channel: 1 }],
      "entry 0: channel and message must be strings",
    ],
    ["garbage in a message", [valid, { ...valid, message: "{" }], "entry 1: not_json"],
    ["a broken envelope", [valid, { ...valid, message: '{"sb":1}' }], "entry 1: invalid_event_name"],
    ["a lone surrogate", [valid, { ...valid, message: '"\ud800"' }], "entry 1: lone_surrogate"],
  ])("%s is refused with 400, and nothing of the batch is delivered", async (_, body, error) => {
    expect(await gateway.post(body)).toEqual({ status: 400, body: { error } });
    await expectNothingDelivered();
  });

  test("more than 4 MiB is refused with 413", async () => {
    expect((await gateway.post([{ ...valid, message: "x".repeat(4 * 1024 * 1024) }])).status).toBe(413);
    await expectNothingDelivered();
  });

  test("only POST", async () => {
    const response = await fetch(`http://127.0.0.1:${gateway.port}/publish`);
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
  });
});

describe("other paths", () => {
  let gateway: TestGateway | undefined;
  afterEach(() => gateway?.stop());

  const get = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`http://127.0.0.1:${gateway?.port}${path}`, { headers });
    return { status: response.status, text: await response.text() };
  };

  test("/up and /readyz say how it is", async () => {
    gateway = await startTestGateway(serverOf([{ channel: thing }]));
    expect(await get("/up")).toEqual({ status: 200, text: "ok\n" });
    expect(await get("/readyz?x")).toEqual({
      status: 200,
      text: '{"ready":true,"broker":true,"draining":false}\n',
    });
  });

  test.each([
    "/",
    "/realtime",
    "/realtime/",
    "/realtime/primus.js",
    "/realtime/spec",
    "/up/",
    "//up",
    "/metrics/x",
  ])("%s is not found", async (path) => {
    gateway = await startTestGateway(serverOf([{ channel: thing }]));
    expect((await get(path)).status).toBe(404);
  });

  test("/metrics is for this machine, and not for a proxy on it", async () => {
    gateway = await startTestGateway(serverOf([{ channel: thing }]));
    const { status, text } = await get("/metrics");
    expect(status).toBe(200);
    expect(text).toContain("signalbox_broker_up 1");
    expect(text).toContain("process_cpu_seconds_total");
    for (const header of ["x-forwarded-for", "forwarded", "via", "origin"]) {
      expect((await get("/metrics", { [header]: "x" })).status).toBe(404);
    }
  });

  test("/metrics asks for its key where it has one", async () => {
    gateway = await startTestGateway(serverOf([{ channel: thing }]), { metricsKey: "m" });
    expect((await get("/metrics")).status).toBe(404);
    expect((await get("/metrics", { authorization: "Bearer n" })).status).toBe(404);
    expect((await get("/metrics", { authorization: "Bearer m", via: "proxy" })).status).toBe(200);
  });
});
