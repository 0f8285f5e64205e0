/** The stock Primus client, which knows nothing of this project, with the real gateway. */

import type { Browser } from "playwright-core";
import { primusClientLibrary } from "signalbox/gateway";
import { afterAll, beforeAll, expect, it } from "vitest";
import { envelope, serverOf, startTestGateway, type TestGateway, thing } from "../gateway/fixture.js";
import { launchChromium, type PageServer, servePages } from "../support/chromium.js";

interface Primus {
  on(event: "data", listener: (frame: { type: string }) => void): void;
  write(frame: object): void;
}

declare global {
  interface Window {
    Primus: new (url: string) => Primus;
    received: object[];
  }
}

let chromium: Browser;
let pages: PageServer;
let gateway: TestGateway;

beforeAll(async () => {
  chromium = await launchChromium();
  pages = await servePages({
    "/": { body: '<!doctype html><title>primus</title><script src="/primus.js"></script>' },
    "/primus.js": { body: primusClientLibrary(), type: "text/javascript" },
  });
  gateway = await startTestGateway(serverOf([{ channel: thing }], { origins: [pages.origin] }));
});

afterAll(async () => {
  await chromium.close();
  await pages.close();
  await gateway.stop();
});

it("connects, subscribes and gets an event", async () => {
  const page = await chromium.newPage();
  await page.goto(pages.origin);
  await page.evaluate((url) => {
    window.received = [];
    const primus = new window.Primus(url);
    primus.on("data", (frame) => {
      window.received.push(frame);
      if (frame.type === "welcome") primus.write({ type: "subscribe", ref: 1, channel: "thing" });
    });
  }, `http://127.0.0.1:${gateway.port}`);
  const frames = async (count: number) => {
    await page.waitForFunction((least) => window.received.length >= least, count);
    return page.evaluate(() => window.received);
  };
  expect((await frames(2))[1]).toEqual({ type: "subscribed", ref: 1, channel: "thing" });
  await gateway.publish("thing", envelope("updated", { user_id: 1, contents: "stock" }));
  expect((await frames(3))[2]).toMatchObject({
    type: "event",
    event: "updated",
    data: { contents: "stock" },
  });
});
