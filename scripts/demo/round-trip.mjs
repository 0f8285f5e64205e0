// @ts-check
// What a person would try first, done in Chromium: page → gateway → another page, and Rails → gateway → page.
import { chromium } from "playwright-core";
import { executablePath, flags } from "../line/browser.mjs";
import { signIn, updateThing, visit } from "../line/pages.mjs";

/**
 * @param {string} url where Rails answers
 * @throws where something does not arrive within Playwright's 30 s
 */
export async function roundTrip(url) {
  const browser = await chromium.launch({ executablePath, args: flags });
  try {
    const [ada, grace] = await Promise.all([signIn(browser, url, "Ada"), signIn(browser, url, "Grace")]);

    await ada.getByLabel("Message", { exact: true }).fill("Train approaching");
    await grace.locator("#typing", { hasText: "Ada" }).waitFor();
    console.log("✓ Ada's page → gateway → Grace's page");

    await ada.getByRole("button", { name: "Send" }).click();
    await grace.locator("#messages li", { hasText: "Train approaching" }).waitFor();
    console.log("✓ Rails model, committed → gateway → Grace's page");

    await Promise.all([visit(ada, "/thing"), visit(grace, "/thing")]);
    await updateThing(ada, "Signals at clear");
    await grace.locator("#contents", { hasText: "Signals at clear" }).waitFor();
    console.log("✓ Rails controller → gateway → Grace's page");
  } finally {
    await browser.close();
  }
}
