import { once } from "node:events";
import { connect } from "node:net";
import { channel } from "signalbox";
import { afterEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { Browser } from "./browser.js";
import { envelope, origin, serverOf, startTestGateway, type TestGateway, thing } from "./fixture.js";

let gateway: TestGateway;
afterEach(() => gateway.stop());

describe("frames that are none", () => {
  const malformed: readonly (readonly [string, number | undefined])[] = [
    ["", undefined],
    ["{", undefined],
    ["null", undefined],
    ["[]", undefined],
    ['"hello"', undefined],
    ['"primus::nonsense::"', undefined],
    ["{}", undefined],
    ['{"type":"subscribe","channel":"thing"}', undefined],
    ['{"type":"subscribe","ref":"1","channel":"thing"}', undefined],
    ['{"type":"subscribe","ref":0,"channel":"thing"}', undefined],
    ['{"type":"subscribe","ref":1.5,"channel":"thing"}', undefined],
    ['{"type":"subscribe","ref":9007199254740993,"channel":"thing"}', undefined],
    ['{"type":"subscribe","ref":1}', 1],
    ['{"type":"subscribe","ref":2,"channel":7}', 2],
    ['{"type":"publish","ref":3,"channel":"thing"}', 3],
    ['{"type":"__proto__","ref":4,"channel":"thing"}', 4],
    ['{"type":"command","ref":5,"channel":"thing"}', 5],
    ['{"type":"command","ref":6,"channel":"thing","command":"x","data":"\\ud800"}', 6],
    [
      `{"type":"command","ref":7,"channel":"thing","command":"x","data":${"[".repeat(101)}${"]".repeat(101)}}`,
      7,
    ],
    ['{"__proto__":{"type":"subscribe","ref":8,"channel":"thing"}}', undefined],
  ];

  test("are each answered, and the connection lives", async () => {
    gateway = await startTestGateway(serverOf([{ channel: thing }]));
    const browser = await Browser.connect(gateway.port);
    for (const [text] of malformed) browser.raw(text);
    for (const [text, ref] of malformed) {
      const { code, ref: answered } = await browser.next("error");
      expect([text, code, answered]).toEqual([text, "malformed_frame", ref]);
    }
    expect(await browser.subscribe("thing")).toMatchObject({ type: "subscribed" });
    await browser.close();
  });

  test("binary ones and ones that are too large close the connection", async () => {
    gateway = await startTestGateway(serverOf([{ channel: thing }]), { limits: { frameBytes: 1_000 } });
    const binary = await Browser.connect(gateway.port);
    binary.raw(Buffer.from('{"type":"subscribe","ref":1,"channel":"thing"}'));
    expect((await binary.closed).code).toBe(1003);
    const large = await Browser.connect(gateway.port);
    large.raw(JSON.stringify({ type: "subscribe", ref: 1, channel: "x".repeat(1_000) }));
    expect((await large.closed).code).toBe(1009);
    await expect.poll(() => gateway.connections).toBe(0);
  });
});

test("frames over the rate are refused, and who goes on regardless is closed", async () => {
  gateway = await startTestGateway(serverOf([{ channel: thing }]), {
    limits: { framesPerSecond: 0.001, frameBurst: 10 },
  });
  const browser = await Browser.connect(gateway.port);
  const frame = { type: "unsubscribe", channel: "thing" };
  for (let count = 0; count < 10; count += 1)
    expect(await browser.ask(frame)).toMatchObject({ code: "not_subscribed" });
  for (let count = 0; count < 30; count += 1) browser.request(frame);
  expect(await browser.closed).toEqual({ code: 4429, reason: "too many requests" });
  const codes = browser.frames.map((answer) => (answer.type === "error" ? answer.code : answer.type));
  expect(codes).toEqual([...Array.from({ length: 10 }, () => "too_many_requests"), "close"]);
  expect(await gateway.metric("signalbox_rate_limited_total")).toBe(11);
});

test("runs of on handlers are bounded; what is dropped is counted", async () => {
  let started = 0;
  const updated = () => {
    started += 1;
    return new Promise(() => {});
  };
  gateway = await startTestGateway(serverOf([{ channel: thing, handlers: { on: { updated } } }]), {
    limits: { eventHandlersInFlight: 3, drainMs: 50 },
  });
  for (let id = 0; id < 5; id += 1)
    await gateway.publish("thing", envelope("updated", { user_id: id, contents: "" }));
  expect(started).toBe(3);
  expect(await gateway.metric('signalbox_dropped_total{reason="event_handlers"}')).toBe(2);
});

describe("a browser that does not read", () => {
  const feed = channel("feed", {
    access: "public",
    delivery: "ephemeral",
    events: { changed: z.object({ text: z.string() }) },
  });
  const outboxBytes = 100_000;

  /** Shakes hands and subscribes by hand, then reads nothing more until it is asked to. */
  async function deafBrowser(): Promise<{ readTo(last: Buffer): Promise<Buffer> }> {
    const socket = connect(gateway.port, "127.0.0.1");
    const handshake = [
      "GET /realtime HTTP/1.1",
      "Host: x",
      `Origin: ${origin}`,
      "Upgrade: websocket",
      "Connection: Upgrade",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
    ];
    socket.write(`${handshake.join("\r\n")}\r\n\r\n`);
    const payload = Buffer.from('{"type":"subscribe","ref":1,"channel":"feed"}');
    // Masked with zeros: the payload stays as it is.
    socket.write(Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload]));
    const chunks: Buffer[] = [];
    while (!Buffer.concat(chunks).includes("subscribed")) chunks.push((await once(socket, "data"))[0]);
    socket.pause();
    return {
      async readTo(last) {
        socket.resume();
        while (!Buffer.concat(chunks).subarray(-last.length).equals(last))
          chunks.push((await once(socket, "data"))[0]);
        socket.destroy();
        return Buffer.concat(chunks);
      },
    };
  }

  test("is cut off with 4408, and the others get everything", async () => {
    gateway = await startTestGateway(serverOf([{ channel: feed }]), { limits: { outboxBytes } });
    const deaf = await deafBrowser();
    const healthy = await Browser.connect(gateway.port);
    await healthy.subscribe("feed");
    const text = "x".repeat(50_000);
    const dropped = () => gateway.metric('signalbox_dropped_total{reason="slow_consumer"}');
    let published = 0;
    let waiting = 0;
    while ((await dropped()) === 0) {
      const entries = Array.from({ length: 10 }, (_, index) => ({
        channel: "feed",
        message: envelope("changed", { text }, { i: `id-${published + index}` }),
      }));
      expect((await gateway.post(entries)).status).toBe(200);
      published += entries.length;
      waiting = Math.max(waiting, await gateway.metric("signalbox_send_buffer_bytes"));
    }
    for (let index = 0; index < published; index += 1) {
      expect((await healthy.next("event")).id).toBe(`id-${index}`);
    }
    // One more batch may stand in the socket when the bound is passed.
    expect(waiting).toBeLessThan(outboxBytes + 65_536 + 51_000);
    expect(gateway.connections).toBe(1);
    const close = Buffer.from([0x88, 10, 4408 >> 8, 4408 & 0xff]);
    const heard = await deaf.readTo(Buffer.concat([close, Buffer.from("too slow")]));
    expect(heard.includes('{"type":"close","code":4408,"reason":"too slow"}')).toBe(true);
    await healthy.close();
  });
});

describe("heartbeats", () => {
  test("keep a browser that answers and end one that does not", async () => {
    gateway = await startTestGateway(serverOf([{ channel: thing }]), { limits: { heartbeatMs: 40 } });
    const alive = await Browser.connect(gateway.port);
    const dead = await Browser.connect(gateway.port);
    dead.silent = true;
    await dead.closed;
    await expect
      .poll(() => alive.texts.filter((text) => text.includes("primus::ping::")).length)
      .toBeGreaterThan(3);
    expect(await alive.subscribe("thing")).toMatchObject({ type: "subscribed" });
    // A stock client may come back after this.
    expect(dead.texts).not.toContain('"primus::server::close"');
    await alive.close();
  });

  test("are not needed of a browser that says anything", async () => {
    gateway = await startTestGateway(serverOf([{ channel: thing }]), { limits: { heartbeatMs: 200 } });
    const talker = await Browser.connect(gateway.port);
    talker.silent = true;
    const pings = () => talker.texts.filter((text) => text.includes("primus::ping::")).length;
    // One request after each ping, and no pong: four heartbeats pass.
    for (let seen = 0; seen < 4; ) {
      await expect.poll(pings, { interval: 5 }).toBeGreaterThan(seen);
      seen = pings();
      expect(await talker.subscribe("thing")).toMatchObject({ type: "subscribed" });
    }
    await talker.close();
  });

  test("answer who asks for the connection's id", async () => {
    gateway = await startTestGateway(serverOf([{ channel: thing }]));
    const browser = new Browser(gateway.port);
    const { connection } = await browser.next("welcome");
    browser.raw('"primus::id::"');
    await expect.poll(() => browser.texts).toContain(JSON.stringify(`primus::id::${connection}`));
    await browser.close();
  });
});
