/** The client in Chromium with the real gateway, on the memory broker. */

import type { Browser, BrowserContext, Page } from "playwright-core";
import { RealtimeError } from "signalbox/gateway";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  cookieFor,
  envelope,
  inbox,
  room,
  serverOf,
  startTestGateway,
  type TestChannel,
  type TestGateway,
  thing,
} from "../gateway/fixture.js";
import { launchChromium, type PageServer, servePages, waitForStatus } from "../support/chromium.js";
import { freePort } from "../support/redis.js";
import { contract } from "./contract.js";
import { generatedClient, pageWith } from "./in-chromium.js";

interface Publish {
  room(params: unknown): { messagePosted(data: unknown): Promise<unknown> };
}

const channels: readonly TestChannel[] = [
  { channel: thing },
  { channel: inbox },
  {
    channel: room,
    handlers: {
      authorize: (_: unknown, { roomId }: { roomId: number }) => roomId < 100,
      commands: {
        startTyping() {
          throw new RealtimeError("muted", "You may only read.");
        },
        async postMessage(ctx: { publish: unknown }, draft: { body: string }, params: unknown) {
          const message = { author: "Ann", body: draft.body };
          const publish: Publish = Object(ctx.publish);
          await publish.room(params).messagePosted(message);
          return message;
        },
      },
    },
  },
];

let chromium: Browser;
let server: PageServer;
let port: number;
let gateway: TestGateway;
let contexts: BrowserContext[];

const start = (list = channels, origins = [server.origin]) =>
  startTestGateway(serverOf(list, { origins }), { port, limits: { drainSpreadMs: 0 } });

beforeAll(async () => {
  chromium = await launchChromium();
  port = await freePort();
  server = await servePages({
    "/": pageWith(`ws://127.0.0.1:${port}/realtime`, ""),
    "/realtime.js": { body: await generatedClient(contract), type: "text/javascript" },
  });
});
afterAll(async () => {
  await chromium.close();
  await server.close();
});
beforeEach(() => {
  contexts = [];
});
afterEach(async () => {
  for (const context of contexts) await context.close();
  await gateway.stop();
});

/** A browser of its own, signed in or not, with the page in it; it has not subscribed to anything. */
async function openPage(userId?: number): Promise<Page> {
  const context = await chromium.newContext();
  contexts.push(context);
  if (userId !== undefined) {
    const [name = "", value = ""] = cookieFor({ user_id: userId }).split("=");
    await context.addCookies([{ name, value, url: server.origin }]);
  }
  const page = await context.newPage();
  await page.goto(server.origin);
  await page.waitForFunction(() => window.realtime !== undefined);
  return page;
}

/** Listens to room 1 in the page until it is subscribed. */
async function join(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const room = window.realtime.room({ roomId: 1 });
    room.on("messagePosted", (message, { channel }) => window.heard.push(`${channel} ${message.body}`));
    room.onGap(({ reason }) => window.heard.push(reason));
    await room.ready;
  });
}

async function heard(page: Page, count: number): Promise<string[]> {
  await page.waitForFunction((least) => window.heard.length >= least, count);
  return page.evaluate(() => window.heard);
}

describe("with the gateway", () => {
  beforeEach(async () => {
    gateway = await start();
  });

  it("a page gets what is published, with its id and time", async () => {
    const page = await openPage();
    const event = page.evaluate(
      () =>
        new Promise((resolve) => {
          const thing = window.realtime.thing();
          thing.once("updated", (data, meta) => resolve({ data, meta }));
          thing.ready.then(() => window.heard.push("ready"));
        }),
    );
    await heard(page, 1);
    await gateway.publish("thing", envelope("updated", { user_id: 1, contents: "new" }, { i: "e7", t: 5 }));
    expect(await event).toEqual({
      data: { user_id: 1, contents: "new" },
      meta: { id: "e7", at: 5, channel: "thing" },
    });
  });

  it("two pages hear what one of them posts, and the poster has its answer", async () => {
    const [ann, bob] = [await openPage(1), await openPage(2)];
    await join(ann);
    await join(bob);
    const answer = await ann.evaluate(() =>
      window.realtime.room({ roomId: 1 }).send("postMessage", { body: " hi " }),
    );
    expect(answer).toEqual({ author: "Ann", body: "hi" });
    expect(await heard(bob, 1)).toEqual(["room:1 hi"]);
    expect(await heard(ann, 1)).toEqual(["room:1 hi"]);
  });

  it("a command that is refused rejects with a typed error", async () => {
    const page = await openPage(1);
    const errors = await page.evaluate(async () => {
      const room = window.realtime.room({ roomId: 1 });
      const failure = (error: {
        name: string;
        code: string;
        message: string;
        issues: { path: unknown }[];
      }) => ({
        name: error.name,
        code: error.code,
        message: error.message,
        paths: error.issues.map(({ path }) => path),
      });
      return [
        await room.send("postMessage", { body: "" }).catch(failure),
        await room.send("startTyping", {}).catch(failure),
        await window.realtime.room({ roomId: 100 }).send("startTyping", {}).catch(failure),
      ];
    });
    expect(errors).toEqual([
      { name: "RealtimeError", code: "invalid_input", message: expect.any(String), paths: [["body"]] },
      { name: "RealtimeError", code: "muted", message: "You may only read.", paths: [] },
      { name: "RealtimeError", code: "forbidden", message: expect.any(String), paths: [] },
    ]);
  });

  it("each user has an inbox of their own", async () => {
    const [ann, bob] = [await openPage(7), await openPage(8)];
    for (const page of [ann, bob])
      await page.evaluate(async () => {
        const inbox = window.realtime.inbox();
        inbox.on("notified", (notice, { channel }) => window.heard.push(`${channel} ${notice.title}`));
        await inbox.ready;
      });
    await gateway.publish("inbox:7", envelope("notified", { title: "for Ann" }));
    await gateway.publish("inbox:8", envelope("notified", { title: "for Bob" }));
    expect(await heard(ann, 1)).toEqual(["inbox:7 for Ann"]);
    expect(await heard(bob, 1)).toEqual(["inbox:8 for Bob"]);
  });

  it("a refused subscription is told and leaves the others alone", async () => {
    const page = await openPage(1);
    await join(page);
    const refused = await page.evaluate(async () => {
      const room = window.realtime.room({ roomId: 100 });
      const code = await room.ready.catch((error: { code: string }) => error.code);
      return [code, room.status, window.realtime.status];
    });
    expect(refused).toEqual(["forbidden", "refused", "open"]);
    await gateway.publish("room:1", envelope("messagePosted", { author: "Bob", body: "still here" }));
    expect(await heard(page, 1)).toEqual(["room:1 still here"]);
  });

  it("a page comes back to a gateway that restarts, subscribes again and is told of the gap", async () => {
    const page = await openPage(1);
    await join(page);
    await gateway.stop();
    await waitForStatus(page, "reconnecting");
    gateway = await start();
    expect(await heard(page, 1)).toEqual(["reconnected"]);
    await gateway.publish("room:1", envelope("messagePosted", { author: "Bob", body: "again" }));
    expect(await heard(page, 2)).toEqual(["reconnected", "room:1 again"]);
  });
});

describe("a gateway that does not let the page in", () => {
  it("for want of a session is not asked again, and the page is told once", async () => {
    gateway = await start(channels.filter(({ channel }) => channel !== thing));
    const page = await openPage();
    await page.clock.install();
    await page.evaluate(() => {
      window.realtime.configure({ onUnauthorized: (error) => window.heard.push(error.code) });
      window.realtime.inbox().on("notified", () => {});
      window.realtime.room({ roomId: 1 }).on("typing", () => {});
    });
    await waitForStatus(page, "unauthorized");
    await page.clock.runFor(120_000);
    expect(await page.evaluate(() => [window.realtime.status, window.realtime.inbox().status])).toEqual([
      "unauthorized",
      "idle",
    ]);
    expect(await page.evaluate(() => window.heard)).toEqual(["authorization_failed"]);
    expect(await gateway.metric('signalbox_disconnects_total{reason="4401"}')).toBe(1);

    // Signing in is up to the page; then it says so.
    const [name = "", value = ""] = cookieFor({ user_id: 7 }).split("=");
    await page.context().addCookies([{ name, value, url: server.origin }]);
    await page.evaluate(() => window.realtime.connect());
    await waitForStatus(page, "open");
  });

  it("for its origin is tried again, with one warning that says what to look at", async () => {
    gateway = await start(channels, ["https://other.example"]);
    const page = await openPage();
    const warning = page.waitForEvent("console", (message) => message.type() === "warning");
    await page.evaluate(() => window.realtime.thing().on("updated", () => {}));
    expect((await warning).text()).toMatch(/Does the gateway run, and does it allow this page's origin\?$/);
    await waitForStatus(page, "reconnecting");
  });
});
