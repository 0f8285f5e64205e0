/** The life of a page, in Chromium, against a gateway that does as it is told. */
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchChromium, type PageServer, servePages, waitForStatus } from "../support/chromium.js";
import { contract } from "./contract.js";
import { generatedClient, pageWith } from "./in-chromium.js";
import { ScriptedGateway } from "./scripted-gateway.js";

let chromium: Browser;
let gateway: ScriptedGateway;
let server: PageServer;
let context: BrowserContext;
let page: Page;
let problems: string[];

const listen = `
  const room = realtime.room({ roomId: 1 });
  room.on("messagePosted", (message) => heard.push(message.body));
  room.onGap(({ reason }) => heard.push(reason));
`;

beforeAll(async () => {
  chromium = await launchChromium();
  gateway = await ScriptedGateway.start();
  server = await servePages({
    "/": pageWith(gateway.url, listen),
    "/elsewhere": { body: "<!doctype html><title>elsewhere</title>" },
    "/realtime.js": { body: await generatedClient(contract), type: "text/javascript" },
  });
});

afterAll(async () => {
  await chromium.close();
  await server.close();
  await gateway.stop();
});

beforeEach(async () => {
  context = await chromium.newContext();
  page = await context.newPage();
  problems = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (["warning", "error"].includes(message.type())) problems.push(message.text());
  });
});

afterEach(() => context.close());

/** Waits for what `<html data-signalbox-channels>` is to say. */
const waitForChannels = (on: Page, channels: string) =>
  on.locator(`html[data-signalbox-channels="${channels}"]`).waitFor({ state: "attached" });

/** Opens the page and sees it subscribed. */
async function openPage() {
  await page.goto(server.origin);
  const connection = await gateway.welcomed();
  expect(await connection.acceptSubscription()).toBe("room:1");
  await waitForStatus(page, "open");
  return connection;
}

describe("a page", () => {
  it("subscribes under a strict Content-Security-Policy, with the address from its meta tag", async () => {
    const connection = await openPage();
    connection.event("room:1", "messagePosted", { body: "hi" });
    await page.waitForFunction(() => window.heard.length > 0);
    expect(await page.evaluate(() => window.heard)).toEqual(["hi"]);
    expect(problems).toEqual([]);
  });

  it("lets go of the connection when it is left, is kept in the back/forward cache, and comes back", async () => {
    const first = await openPage();
    await page.evaluate(() => Object.assign(window, { kept: true }));
    await page.goto(`${server.origin}/elsewhere`);
    expect(await first.closed).toBe(1000);
    await page.evaluate(() => history.back());
    const second = await gateway.welcomed();
    expect(await second.acceptSubscription()).toBe("room:1");
    second.event("room:1", "messagePosted", { body: "back" });
    await page.waitForFunction(() => window.heard?.includes("back"));
    expect(await page.evaluate(() => "kept" in window)).toBe(true);
    expect(await page.evaluate(() => window.heard)).toEqual(["reconnected", "back"]);
  });

  it("has its status on <html>, for system tests", async () => {
    await page.goto(server.origin);
    const connection = await gateway.connections.next();
    await waitForStatus(page, "connecting");
    connection.welcome();
    await waitForStatus(page, "open");
    connection.close(4401);
    await waitForStatus(page, "unauthorized");
  });

  it("has each of its subscriptions on <html>, by the concrete name once the gateway has told it", async () => {
    const connection = await openPage();
    await waitForChannels(page, "room:1=subscribed");
    const off = await page.evaluateHandle(() => {
      const inbox = window.realtime.inbox();
      inbox.on("notified", () => {});
      window.realtime.thing().ready.catch(() => {});
      return () => inbox.close();
    });
    await waitForChannels(page, "room:1=subscribed inbox:@me=pending thing=pending");
    await connection.acceptSubscription("inbox:7");
    await waitForChannels(page, "room:1=subscribed inbox:7=subscribed thing=pending");
    const { ref } = await connection.expect("subscribe");
    connection.send({ type: "error", ref, code: "forbidden", message: "no" });
    await waitForChannels(page, "room:1=subscribed inbox:7=subscribed thing=refused");
    await off.evaluate((close) => close());
    await waitForChannels(page, "room:1=subscribed thing=refused");
    connection.terminate();
    await waitForChannels(page, "room:1=pending thing=refused");
  });

  it("without network is offline, and comes back when there is network, without waiting for a retry", async () => {
    await page.clock.install();
    const first = await openPage();
    await page.clock.pauseAt(Date.now() + 5_000);
    await context.setOffline(true);
    first.terminate();
    await waitForStatus(page, "offline");
    await context.setOffline(false);
    const second = await gateway.welcomed();
    await second.acceptSubscription();
    await waitForStatus(page, "open");
  });

  it("that is looked at again asks for a sign of life, and reconnects where there is none", async () => {
    await page.clock.install();
    const first = await openPage();
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    expect(await first.texts.next()).toBe("primus::id::");
    await page.clock.fastForward(10_000);
    expect(await first.closed).toBe(1000);
    await page.clock.fastForward(1_000);
    const second = await gateway.welcomed();
    await second.acceptSubscription();
    // This one answers.
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    expect(await second.texts.next()).toBe("primus::id::");
    second.send("primus::id::1");
    second.event("room:1", "messagePosted", { body: "alive" });
    await page.waitForFunction(() => window.heard.includes("alive"));
    await page.clock.fastForward(20_000);
    expect(await page.evaluate(() => window.realtime.status)).toBe("open");
  });

  it("reports what a handler throws as any uncaught error, and calls the others", async () => {
    const connection = await openPage();
    await page.evaluate(() => {
      const room = window.realtime.room({ roomId: 1 });
      room.on("typing", () => {
        throw new Error("a broken handler");
      });
      room.on("typing", ({ author }) => window.heard.push(author));
    });
    connection.event("room:1", "typing", { author: "Ann" });
    await page.waitForFunction(() => window.heard.length > 0);
    expect(problems).toEqual(["a broken handler"]);
  });
});
