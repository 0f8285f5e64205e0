// @ts-check
// What a person would try first, done in Chromium: Rails controller → page, and page → gateway → another page.
import { chromium } from "playwright-core";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
];

/**
 * @param {import("playwright-core").Browser} browser
 * @param {string} url
 * @param {string} name
 */
async function signIn(browser, url, name) {
  const page = await (await browser.newContext()).newPage();
  await page.goto(url);
  await page.getByLabel("Your name").fill(name);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.locator("#room").waitFor();
  return page;
}

/** @param {import("playwright-core").Page} page @param {string} url */
async function open(page, url) {
  await page.goto(url);
  await page.locator("main[data-ready]").waitFor();
}

/**
 * @param {string} url where Rails answers
 * @throws where something does not arrive within Playwright's 30 s
 */
export async function roundTrip(url) {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: flags });
  try {
    const [ada, grace] = [await signIn(browser, url, "Ada"), await signIn(browser, url, "Grace")];

    await Promise.all([open(ada, `${url}/thing`), open(grace, `${url}/thing`)]);
    await ada.getByLabel("New contents").fill("Signals at clear");
    await ada.getByRole("button", { name: "Update" }).click();
    await grace.locator("#contents", { hasText: "Signals at clear" }).waitFor();
    console.log("✓ Rails controller → gateway → Grace's page");

    await Promise.all([open(ada, `${url}/rooms/1`), open(grace, `${url}/rooms/1`)]);
    await ada.getByLabel("Message").fill("Train approaching");
    await grace.locator("#typing", { hasText: "Ada" }).waitFor();
    await ada.getByRole("button", { name: "Send" }).click();
    await grace.locator("#messages li", { hasText: "Train approaching" }).waitFor();
    console.log("✓ Ada's page → gateway → Grace's page");
  } finally {
    await browser.close();
  }
}
