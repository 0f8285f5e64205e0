import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type Line, startLine } from "../../scripts/line/line.mjs";
import { signIn, updateThing, visit } from "../../scripts/line/pages.mjs";
import { launchChromium } from "../support/chromium.js";
import { type RedisServer, startRedis } from "../support/redis.js";

let redis: RedisServer;
let line: Line;
let browser: Browser;
let ada: Page;

beforeAll(async () => {
  redis = await startRedis();
  [line, browser] = await Promise.all([startLine({ env: { REDIS_URL: redis.url } }), launchChromium()]);
  ada = await signIn(browser, line.url, "Ada");
  await visit(ada, "/thing");
});

afterAll(async () => {
  await browser?.close();
  await line?.stop();
  await redis?.stop();
});

const ready = async () => (await fetch(`${line.gatewayUrl}/readyz`)).ok;

it("delivers again, to a page that was open all the while, once Redis is back", async () => {
  await updateThing(ada, "before");
  await ada.locator("#contents", { hasText: "before" }).waitFor();

  await redis.kill();
  await vi.waitUntil(async () => !(await ready()), { timeout: 20_000 });
  await updateThing(ada, "lost"); // the request lives; what it publishes is lost, and reported

  await redis.start();
  await vi.waitUntil(ready, { timeout: 20_000 });
  await updateThing(ada, "after");
  await ada.locator("#contents", { hasText: "after" }).waitFor();

  expect(line.rails.output.join("\n")).toMatch(/DeliveryError|Connection refused/);
  expect(line.gateway.running).toBe(true);
});
