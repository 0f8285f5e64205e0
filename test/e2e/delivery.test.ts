import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Line, startLine } from "../../scripts/line/line.mjs";
import { notify, signIn, updateThing, visit } from "../../scripts/line/pages.mjs";
import { launchChromium } from "../support/chromium.js";
import { rails } from "../support/rails.js";
import { type RedisServer, startRedis } from "../support/redis.js";

let redis: RedisServer;
let line: Line;
let browser: Browser;
let ada: Page;
let grace: Page;

beforeAll(async () => {
  redis = await startRedis();
  [line, browser] = await Promise.all([startLine({ env: { REDIS_URL: redis.url } }), launchChromium()]);
  [ada, grace] = await Promise.all([signIn(browser, line.url, "Ada"), signIn(browser, line.url, "Grace")]);
});

afterAll(async () => {
  await browser?.close();
  await line?.stop();
  await redis?.stop();
});

/** Another tab of the same person, on the page of `thing`, and every frame that its socket gets. */
async function tab(person: Page) {
  const frames: string[] = [];
  const page = await person.context().newPage();
  page.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => frames.push(String(payload))));
  await page.goto(line.url);
  await visit(page, "/thing");
  return { page, frames };
}

async function invalidMessages(): Promise<number> {
  const text = await (await fetch(`${line.gatewayUrl}/metrics`)).text();
  const lines = text.split("\n").filter((row) => row.startsWith("signalbox_invalid_messages_total{"));
  return lines.reduce((sum, row) => sum + Number(row.split(" ").at(-1)), 0);
}

describe("from Rails to a browser", () => {
  beforeAll(() => Promise.all([visit(ada, "/thing"), visit(grace, "/thing")]));

  it("delivers what a controller publishes to every page that listens", async () => {
    await updateThing(ada, "Signals at clear");

    await grace.locator("#contents", { hasText: "Signals at clear" }).waitFor();
    await ada.locator("#changed", { hasText: "Changed by you" }).waitFor();
  });

  it("delivers a bare payload that Rails publishes without the generated module", async () => {
    const code = `REDIS.publish 'thing', { user_id: 7, contents: "as in the article" }.to_json`;
    const ran = await rails(["runner", code], line.env);

    expect(ran).toMatchObject({ status: 0 });
    await grace.locator("#contents", { hasText: "as in the article" }).waitFor();
    await grace.locator("#changed", { hasText: "Changed by user 7" }).waitFor();
  });

  it("delivers a notification to its user and to nobody else", async () => {
    await notify(ada, "Ada", "for Ada");
    await ada.locator("#inbox li", { hasText: "for Ada" }).waitFor();
    await notify(ada, "Grace", "for Grace");
    await grace.locator("#inbox li", { hasText: "for Grace" }).waitFor();

    expect(await grace.locator("#inbox li").allTextContents()).toEqual(["Ada: for Grace"]);
    expect(await ada.locator("#inbox li").allTextContents()).toEqual(["Ada: for Ada"]);
  });

  it("never lets a key through that the contract does not declare", async () => {
    const { page, frames } = await tab(grace);

    const payload = { user_id: 7, contents: "declared", password_digest: "undeclared" };
    const envelope = { sb: 1, e: "updated", d: payload, i: "by-hand", t: Date.now(), f: "0".repeat(12) };
    await redis.publish("thing", JSON.stringify(payload));
    await redis.publish("thing", JSON.stringify(envelope));
    await redis.publish("thing", JSON.stringify({ user_id: 7, contents: "the last one" }));
    await page.locator("#contents", { hasText: "the last one" }).waitFor();

    expect(frames.filter((frame) => frame.includes("declared"))).toHaveLength(2);
    expect(frames.join("\n")).not.toMatch(/password_digest|undeclared/);
    await page.close();
  });

  it("logs and counts garbage, delivers none of it, and goes on", async () => {
    const { page, frames } = await tab(grace);
    const before = await invalidMessages();

    const garbage = [
      "",
      "garbage",
      "null",
      "[]",
      '{"sb":1}',
      '{"sb":2,"e":"updated","d":{"user_id":1,"contents":"garbage"},"i":"x","t":1,"f":"000000000000"}',
      '{"sb":1,"e":"no_such_event","d":{},"i":"x","t":1,"f":"000000000000"}',
      '{"user_id":"garbage","contents":"garbage"}',
      '{"user_id":1}',
      `${"[".repeat(5_000)}${"]".repeat(5_000)}`,
      `{"user_id":1,"contents":"${"garbage".repeat(200_000)}"}`,
      '{"user_id":1,"contents":"\\ud800 garbage"}',
    ];
    for (const text of garbage) await redis.publish("thing", text);
    await redis.publish("thing", JSON.stringify({ user_id: 7, contents: "after it" }));
    await page.locator("#contents", { hasText: "after it" }).waitFor();

    expect(frames.filter((frame) => frame.includes('"event"'))).toHaveLength(1);
    expect((await invalidMessages()) - before).toBe(garbage.length);
    expect(line.gateway.running).toBe(true);
    const told = () => line.gateway.output.filter((entry) => entry.includes("a message was not delivered"));
    await vi.waitUntil(() => told().length === garbage.length);
    expect(told().join("\n")).toMatch(/thing.*invalid_payload.*user_id.*invalid_type/);
    expect(line.gateway.output.join("\n")).not.toContain("garbage");
    await page.close();
  });
});

describe("two people in a room", () => {
  beforeAll(() => Promise.all([visit(ada, "/rooms/1"), visit(grace, "/rooms/1")]));

  it("shows each that the other is typing, and what they say", async () => {
    await ada.getByLabel("Message", { exact: true }).fill("Train approaching");
    await grace.locator("#typing", { hasText: "Ada is typing" }).waitFor();
    await ada.getByRole("button", { name: "Send" }).click();
    await grace.locator("#messages li", { hasText: "Train approaching" }).waitFor();

    await grace.getByLabel("Message", { exact: true }).fill("Line clear");
    await grace.getByRole("button", { name: "Send" }).click();
    await ada.locator("#messages li:not(.mine)", { hasText: "Line clear" }).waitFor();

    await ada.locator("#messages li.mine", { hasText: "Train approaching" }).waitFor();
    expect(await ada.locator("#messages li").count()).toBe(2);
  });

  it("keeps what is said in one room out of another", async () => {
    await visit(grace, "/rooms/2");
    const said = ada.getByLabel("Message", { exact: true });
    await said.fill("only in room 1");
    await ada.getByRole("button", { name: "Send" }).click();
    await ada.locator("#messages li", { hasText: "only in room 1" }).waitFor();
    await grace.getByLabel("Message", { exact: true }).fill("only in room 2");
    await grace.getByRole("button", { name: "Send" }).click();
    await grace.locator("#messages li", { hasText: "only in room 2" }).waitFor();

    expect(await grace.locator("#messages li").count()).toBe(1);
  });

  it("tells the sender what is wrong with a message", async () => {
    await ada.getByLabel("Message", { exact: true }).fill("   ");
    await ada.getByRole("button", { name: "Send" }).click();

    await ada.getByRole("alert").filter({ hasText: /./ }).waitFor();
  });
});
