import { channel } from "signalbox";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { Browser } from "./browser.js";
import {
  cookieFor,
  envelope,
  inbox,
  room,
  serverOf,
  startTestGateway,
  type TestGateway,
  thing,
} from "./fixture.js";

const gate = channel("gate:{verdict}", {
  params: {
    verdict: z.enum([
      "true",
      "promise",
      "false",
      "promise-of-false",
      "truthy",
      "one",
      "throws",
      "never",
      "later",
    ]),
  },
  access: "custom",
  delivery: "ephemeral",
  events: { opened: z.object({}) },
});

const members = channel("members", {
  access: "session",
  delivery: "ephemeral",
  events: { joined: z.object({}) },
});

let askedLater = (): void => {};
let admitLater = (): void => {};
/** Resolves when `authorize` is asked about `gate:later`. */
const whenAskedLater = () =>
  new Promise<void>((resolve) => {
    askedLater = resolve;
  });

const verdicts: Readonly<Record<string, () => unknown>> = {
  later: () =>
    new Promise((resolve) => {
      admitLater = () => resolve(true);
      askedLater();
    }),
  true: () => true,
  promise: async () => true,
  false: () => false,
  "promise-of-false": async () => false,
  truthy: () => ({ allowed: true }),
  one: async () => 1,
  throws: () => {
    throw new Error("no database");
  },
  never: () => new Promise(() => {}),
};

describe("subscriptions", () => {
  let gateway: TestGateway;
  const authorizedWith: unknown[] = [];
  beforeAll(async () => {
    gateway = await startTestGateway(
      serverOf([
        { channel: thing },
        { channel: inbox },
        { channel: members },
        {
          channel: room,
          handlers: {
            authorize(ctx: { user: unknown }, params: unknown) {
              authorizedWith.push([ctx.user, params]);
              return true;
            },
            commands: { startTyping: () => {}, postMessage: () => ({}) },
          },
        },
        {
          channel: gate,
          handlers: { authorize: (_: unknown, { verdict }: { verdict: string }) => verdicts[verdict]?.() },
        },
      ]),
      { limits: { subscriptions: 5, authorizeMs: 500 } },
    );
  });
  afterAll(() => gateway.stop());

  const signedIn = (id: unknown = 1) => Browser.connect(gateway.port, { cookie: cookieFor({ user_id: id }) });

  test("authorize sees the user and checked parameters", async () => {
    const browser = await signedIn();
    await browser.subscribe("room:42");
    expect(authorizedWith.at(-1)).toEqual([{ id: "1" }, { roomId: 42 }]);
    await browser.close();
  });

  test.each(["true", "promise"])("authorize admits with %s", async (verdict) => {
    const browser = await signedIn();
    expect(await browser.subscribe(`gate:${verdict}`)).toMatchObject({ type: "subscribed" });
    await browser.close();
  });

  test.each(["false", "promise-of-false", "truthy", "one", "throws", "never"])(
    "authorize refuses with %s",
    async (verdict) => {
      const browser = await signedIn();
      const name = `gate:${verdict}`;
      expect(await browser.subscribe(name)).toMatchObject({ type: "error", ref: 1, code: "forbidden" });
      expect(await browser.command(name, "any", {})).toMatchObject({ code: "not_subscribed" });
      await browser.close();
    },
  );

  test("what authorize throws is in the log and not with the browser", async () => {
    const browser = await signedIn();
    const answer = await browser.subscribe("gate:throws");
    expect(JSON.stringify(answer)).not.toContain("database");
    expect(gateway.log.lines).toContainEqual(
      expect.objectContaining({ level: "error", channel: "gate:throws", error: new Error("no database") }),
    );
    await browser.close();
  });

  test.each([
    "room:0",
    "room:01",
    "room:+1",
    "room:1e3",
    "room:-0",
    "room:1.0",
    "room:",
    "room: 1",
    "room:1\n",
    "room:9007199254740993",
    `room:${"1".repeat(129)}`,
    "room:@me",
    "rooms:1",
    "room:1:2",
    "",
    "thing2",
    "__proto__",
    "constructor",
    "signalbox:control",
  ])("%j is no channel", async (name) => {
    const browser = await signedIn();
    expect(await browser.subscribe(name)).toMatchObject({ type: "error", code: "unknown_channel" });
    await browser.close();
  });

  test("one user gets their own inbox and cannot name another's", async () => {
    const [ann, bob] = [await signedIn(1), await signedIn(2)];
    expect(await ann.subscribe("inbox:@me")).toEqual({ type: "subscribed", ref: 1, channel: "inbox:1" });
    expect(await bob.subscribe("inbox:@me")).toEqual({ type: "subscribed", ref: 1, channel: "inbox:2" });
    expect(await bob.subscribe("inbox:1")).toMatchObject({ code: "forbidden" });
    expect(await ann.subscribe("inbox:1")).toMatchObject({ code: "forbidden" });
    expect(await bob.subscribe("inbox:@me@me")).toMatchObject({ code: "unknown_channel" });
    await gateway.publish("inbox:1", envelope("notified", { title: "for ann" }));
    await gateway.publish("inbox:2", envelope("notified", { title: "for bob" }));
    expect((await ann.next("event")).data).toEqual({ title: "for ann" });
    expect((await bob.next("event")).data).toEqual({ title: "for bob" });
    expect([...ann.frames, ...bob.frames]).toEqual([]);
    await Promise.all([ann.close(), bob.close()]);
  });

  test("a user whose id is no parameter of the channel has no inbox", async () => {
    const browser = await signedIn("1:2");
    expect(await browser.subscribe("inbox:@me")).toMatchObject({ code: "unknown_channel" });
    await browser.close();
  });

  test("nobody is admitted to what asks for a user", async () => {
    const browser = await Browser.connect(gateway.port);
    expect(await browser.subscribe("inbox:@me")).toMatchObject({ code: "authorization_failed" });
    expect(await browser.subscribe("members")).toMatchObject({ code: "authorization_failed" });
    expect(await browser.subscribe("thing")).toMatchObject({ type: "subscribed" });
    await browser.close();
  });

  test("asking twice is answered twice and delivered once, also while the first is under way", async () => {
    const browser = await signedIn();
    const refs = [1, 2].map(() => browser.request({ type: "subscribe", channel: "gate:promise" }));
    for (const ref of refs) {
      expect(await browser.next("subscribed")).toEqual({ type: "subscribed", ref, channel: "gate:promise" });
    }
    await gateway.publish("gate:promise", envelope("opened", {}, { i: "a" }));
    await gateway.publish("gate:promise", envelope("opened", {}, { i: "b" }));
    expect((await browser.next("event")).id).toBe("a");
    expect((await browser.next("event")).id).toBe("b");
    await browser.close();
  });

  test("nothing comes after unsubscribed, and the channel can be had again", async () => {
    const browser = await signedIn();
    await browser.subscribe("inbox:@me");
    expect(await browser.ask({ type: "unsubscribe", channel: "inbox:@me" })).toEqual({
      type: "unsubscribed",
      ref: 2,
      channel: "inbox:1",
    });
    await browser.subscribe("thing");
    await gateway.publish("inbox:1", envelope("notified", { title: "too late" }));
    await gateway.publish("thing", envelope("updated", { user_id: 1, contents: "x" }));
    expect(await browser.next("event")).toMatchObject({ channel: "thing" });
    expect(await browser.ask({ type: "unsubscribe", channel: "inbox:@me" })).toMatchObject({
      code: "not_subscribed",
    });
    expect(await browser.subscribe("inbox:@me")).toMatchObject({ type: "subscribed" });
    await browser.close();
  });

  test("unsubscribing while the subscription is under way ends it", async () => {
    const browser = await signedIn();
    browser.request({ type: "subscribe", channel: "gate:promise" });
    browser.request({ type: "unsubscribe", channel: "gate:promise" });
    browser.request({ type: "subscribe", channel: "gate:true" });
    expect(await browser.next("subscribed")).toMatchObject({ channel: "gate:true" });
    expect(await browser.next("subscribed")).toMatchObject({ channel: "gate:promise" });
    expect(await browser.next("unsubscribed")).toMatchObject({ channel: "gate:promise" });
    await browser.close();
  });

  test("one that is admitted after the browser has gone is none", async () => {
    const browser = await signedIn();
    const asked = whenAskedLater();
    browser.request({ type: "subscribe", channel: "gate:later" });
    await asked;
    await browser.close();
    await expect.poll(() => gateway.connections).toBe(0);
    admitLater();
    const next = await signedIn();
    await next.subscribe("gate:true");
    expect(await gateway.metric('signalbox_subscriptions{channel="gate"}')).toBe(1);
    await next.close();
  });

  test("are bounded", async () => {
    const browser = await signedIn();
    for (let id = 1; id <= 5; id += 1) await browser.subscribe(`room:${id}`);
    expect(await browser.subscribe("room:6")).toMatchObject({ code: "too_many_subscriptions" });
    await browser.ask({ type: "unsubscribe", channel: "room:1" });
    expect(await browser.subscribe("room:6")).toMatchObject({ type: "subscribed" });
    await browser.close();
  });

  test("are counted, and let go of with the connection", async () => {
    const browser = await signedIn();
    await browser.subscribe("room:1");
    await browser.subscribe("room:2");
    expect(await gateway.metric('signalbox_subscriptions{channel="room"}')).toBe(2);
    await browser.close();
    await expect.poll(() => gateway.metric('signalbox_subscriptions{channel="room"}')).toBe(0);
  });
});
