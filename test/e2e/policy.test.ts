import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Line, startLine } from "../../scripts/line/line.mjs";
import { notify, signIn, updateThing, visit } from "../../scripts/line/pages.mjs";
import { launchChromium } from "../support/chromium.js";

let line: Line;
let browser: Browser;

beforeAll(async () => {
  [line, browser] = await Promise.all([startLine(), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await line?.stop();
});

it("works under a strict content security policy, with nothing in the browser's console", async () => {
  const ada = await signIn(browser, line.url, "Ada");
  const told: string[] = [];
  const policies: string[] = [];
  ada.on("console", (message) => told.push(message.text()));
  ada.on("pageerror", (error) => told.push(error.message));
  ada.on("response", async (response) => {
    if (response.request().isNavigationRequest())
      policies.push(response.headers()["content-security-policy"] ?? "none");
  });

  await visit(ada, "/rooms/1");
  await ada.getByLabel("Message", { exact: true }).fill("/time");
  await ada.getByRole("button", { name: "Send" }).click();
  await ada.locator("#messages li:not(.mine)", { hasText: /It is \d\d:\d\d UTC/ }).waitFor();
  await ada.getByRole("button", { name: "Wave" }).click();
  await ada.locator("#messages li.mine", { hasText: "waves" }).waitFor();
  await visit(ada, "/thing");
  await updateThing(ada, "Signals at clear");
  await ada.locator("#contents", { hasText: "Signals at clear" }).waitFor();
  await notify(ada, "", "to everybody");
  await ada.locator("#inbox li.warning", { hasText: "Ada: to everybody" }).waitFor();

  expect(told).toEqual([]);
  expect(policies).toHaveLength(2);
  const gateway = new URL(String(line.env.SIGNALBOX_GATEWAY_URL)).origin;
  for (const policy of policies) {
    expect(policy).toContain("default-src 'none'; script-src 'self' 'nonce-");
    expect(policy).toContain(`connect-src 'self' ${gateway};`);
    expect(policy).not.toContain("unsafe");
  }
});
