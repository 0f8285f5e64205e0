import { channel } from "signalbox";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { Browser } from "./browser.js";
import { envelope, room, serverOf, startTestGateway, type TestGateway, thing } from "./fixture.js";

const handlers = { authorize: () => true, commands: { startTyping: () => {}, postMessage: () => ({}) } };

const anything = channel("anything", {
  access: "public",
  delivery: "ephemeral",
  events: { came: z.object({ any: z.unknown() }) },
});

describe("events from the broker", () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway(
      serverOf([{ channel: thing }, { channel: room, handlers }, { channel: anything }]),
    );
  });
  afterAll(() => gateway.stop());

  /** What came to a subscriber of a channel, up to a valid message that is published last. */
  async function delivered(channel: string, messages: readonly string[]): Promise<readonly unknown[]> {
    const browser = await Browser.connect(gateway.port);
    await browser.subscribe(channel);
    const last =
      channel === "thing"
        ? envelope("updated", { user_id: 0, contents: "last" }, { i: "last" })
        : envelope("typing", { author: "last" }, { i: "last" });
    for (const message of [...messages, last]) await gateway.publish(channel, message);
    await browser.find((frame) => frame.type === "event" && frame.id === "last");
    await browser.close();
    return browser.frames.filter((frame) => frame.type === "event");
  }

  test("reach whoever subscribed, with the publisher's id and time", async () => {
    const message = envelope("updated", { user_id: 1, contents: "x" }, { i: "abc", t: 1764000000000 });
    expect(await delivered("thing", [message])).toEqual([
      {
        type: "event",
        channel: "thing",
        event: "updated",
        data: { user_id: 1, contents: "x" },
        id: "abc",
        at: 1764000000000,
      },
    ]);
  });

  test("reach nobody else", async () => {
    const one = await Browser.connect(gateway.port);
    const two = await Browser.connect(gateway.port);
    await one.subscribe("room:1");
    await two.subscribe("room:2");
    await gateway.publish("room:1", envelope("typing", { author: "to one" }));
    await gateway.publish("room:2", envelope("typing", { author: "to two" }));
    expect((await one.next("event")).data).toEqual({ author: "to one" });
    expect((await two.next("event")).data).toEqual({ author: "to two" });
    expect([...one.frames, ...two.frames]).toEqual([]);
    await Promise.all([one.close(), two.close()]);
  });

  test("are the same bytes for every subscriber, in the broker's order, joined or not", async () => {
    const browsers = await Promise.all(Array.from({ length: 3 }, () => Browser.connect(gateway.port)));
    for (const browser of browsers) await browser.subscribe("room:7");
    const entries = Array.from({ length: 200 }, (_, index) => ({
      channel: "room:7",
      message: envelope("typing", { author: `${index}:${"é".repeat(index * 20)}` }, { i: `id-${index}` }),
    }));
    expect((await gateway.post(entries)).status).toBe(200);
    const all: string[][] = [];
    for (const browser of browsers) {
      await browser.find((frame) => frame.type === "event" && frame.id === "id-199");
      all.push(browser.texts.filter((text) => text.includes('"event"')));
      await browser.close();
    }
    const expected = entries.map(({ message }) => JSON.parse(message));
    expect(all[0]?.map((text) => JSON.parse(text)).map(({ data, id }) => ({ data, id }))).toEqual(
      expected.map(({ d, i }) => ({ data: d, id: i })),
    );
    expect(all[1]).toEqual(all[0]);
    expect(all[2]).toEqual(all[0]);
  });

  test("take the article's bare payload where the channel has one event", async () => {
    const before = Date.now();
    const [event] = await delivered("thing", [JSON.stringify({ user_id: 1, contents: "bare" })]);
    expect(event).toMatchObject({ event: "updated", data: { user_id: 1, contents: "bare" }, id: null });
    expect(event).toHaveProperty("at", expect.any(Number));
    expect(Object(event).at).toBeGreaterThanOrEqual(before);
    expect(await delivered("room:1", [JSON.stringify({ author: "bare" })])).toEqual([]);
    expect(gateway.log.lines).toContainEqual(
      expect.objectContaining({ channel: "room:1", reason: "bare_payload" }),
    );
  });

  test("lose undeclared keys on the way, at any depth", async () => {
    const data = '{"user_id":1,"contents":"x","admin":true,"__proto__":{"polluted":1}}';
    const message = `{"sb":1,"e":"updated","d":${data},"i":"a","t":1,"f":"0123456789ab","extra":1}`;
    const [event] = await delivered("thing", [message]);
    expect(event).toMatchObject({ data: { user_id: 1, contents: "x" } });
    expect(Object.keys(Object(event).data)).toEqual(["user_id", "contents"]);
  });

  test.each([
    [
      "not JSON at the contract",
      envelope("updated", { user_id: "1", contents: "secret words" }),
      "invalid_payload",
    ],
    ["an event that the channel has not", envelope("deleted", {}), "unknown_event"],
    ["a bare payload that does not fit", JSON.stringify({ contents: "secret words" }), "invalid_payload"],
  ])("do not deliver %s, and say so without its values", async (_, message, reason) => {
    const series = `signalbox_invalid_messages_total{channel="thing",reason="${reason}"}`;
    const before = await gateway.metric(series);
    const lines = gateway.log.lines.length;
    expect(await delivered("thing", [message])).toEqual([]);
    expect(await gateway.metric(series)).toBe(before + 1);
    const logged = gateway.log.lines.slice(lines).filter((line) => line.level === "warn");
    expect(logged).toEqual([expect.objectContaining({ channel: "thing", reason })]);
    expect(JSON.stringify(logged)).not.toContain("secret words");
  });

  test("count an unknown fingerprint and deliver all the same", async () => {
    const series = 'signalbox_unknown_fingerprints_total{channel="thing",event="updated"}';
    const before = await gateway.metric(series);
    const message = envelope("updated", { user_id: 1, contents: "x" }, { f: "ffffffffffff" });
    expect(await delivered("thing", [message])).toHaveLength(1);
    expect(await gateway.metric(series)).toBe(before + 1);
  });
});

describe("on handlers", () => {
  test("react to what was published, whoever is subscribed, and their failure stops nothing", async () => {
    const seen: unknown[] = [];
    let arrived = (): void => {};
    const done = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const gateway = await startTestGateway(
      serverOf([
        {
          channel: thing,
          handlers: {
            on: {
              async updated(data: unknown, meta: { params: unknown; id: unknown; at: unknown }) {
                seen.push([data, meta.params, meta.id, meta.at]);
                throw new Error("the handler's own fault");
              },
            },
          },
        },
        {
          channel: room,
          handlers: {
            ...handlers,
            on: {
              typing(data: unknown, meta: { params: unknown; id: unknown }) {
                seen.push([data, meta.params, meta.id]);
                arrived();
              },
            },
          },
        },
      ]),
    );
    await gateway.publish("thing", envelope("updated", { user_id: 1, contents: "x" }, { i: "a", t: 5 }));
    await gateway.publish("room:12", envelope("typing", { author: "ann" }, { i: "b" }));
    await done;
    expect(seen).toEqual([
      [{ user_id: 1, contents: "x" }, {}, "a", 5],
      [{ author: "ann" }, { roomId: 12 }, "b"],
    ]);
    // Covered by the handler's subscription, a browser's own gets each message once.
    const browser = await Browser.connect(gateway.port);
    await browser.subscribe("room:12");
    await gateway.publish("room:12", envelope("typing", { author: "ann" }, { i: "c" }));
    await gateway.publish("room:12", envelope("typing", { author: "ann" }, { i: "d" }));
    expect((await browser.next("event")).id).toBe("c");
    expect((await browser.next("event")).id).toBe("d");
    await browser.close();
    await gateway.stop();
    const errors = gateway.log.lines.filter((line) => line.level === "error");
    expect(errors).toEqual([
      expect.objectContaining({ message: "a handler failed", channel: "thing", id: "a" }),
    ]);
  });
});
