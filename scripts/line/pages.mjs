// @ts-check
// The pages of examples/rails, as Playwright sees them: for the demo's round trip and for the end-to-end tests.

/**
 * Signs in, in a browser context of its own: one person at one browser.
 *
 * @param {import("playwright-core").Browser} browser
 * @param {string} url where Rails answers
 * @param {string} name
 * @returns {Promise<import("playwright-core").Page>} on the page of room 1
 */
export async function signIn(browser, url, name) {
  const page = await (await browser.newContext()).newPage();
  await page.goto(url);
  await page.getByLabel("Your name").fill(name);
  await page.getByRole("button", { name: "Sign in" }).click();
  await live(page);
  return page;
}

/**
 * Opens another page and waits until its subscriptions stand.
 *
 * @param {import("playwright-core").Page} page
 * @param {string} path `/rooms/1` or `/thing`
 */
export async function visit(page, path) {
  await page.goto(new URL(path, page.url()).href);
  await live(page);
}

/** @param {import("playwright-core").Page} page */
async function live(page) {
  await page.locator("main[data-ready]").waitFor({ state: "attached" });
}

/**
 * Changes the thing, and waits until Rails has answered.
 *
 * @param {import("playwright-core").Page} page
 * @param {string} contents
 */
export async function updateThing(page, contents) {
  await page.getByLabel("New contents").fill(contents);
  await submit(page, "Update", "/thing");
}

/**
 * Notifies somebody, and waits until Rails has answered.
 *
 * @param {import("playwright-core").Page} page
 * @param {string} to
 * @param {string} title
 */
export async function notify(page, to, title) {
  await page.getByLabel("To", { exact: true }).fill(to);
  await page.getByLabel("Notification", { exact: true }).fill(title);
  await submit(page, "Notify", "/notifications");
}

/** @param {import("playwright-core").Page} page @param {string} button @param {string} path */
async function submit(page, button, path) {
  const answer = page.waitForResponse((response) => new URL(response.url()).pathname === path);
  await page.getByRole("button", { name: button }).click();
  const status = (await answer).status();
  if (status !== 200) throw new Error(`Rails answered ${path} with ${status}.`);
}
