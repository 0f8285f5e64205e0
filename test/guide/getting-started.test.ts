/**
 * docs/getting-started.md, followed word for word: what is typed, written and changed here is what the guide says, and
 * what is looked at is what it promises. From elsewhere come this package, the gems (installed before), Redis and ports.
 */
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { freePort } from "../../scripts/line/ports.mjs";
import { answering, type Launched, stopAll } from "../../scripts/line/processes.mjs";
import { bundlerFolder } from "../../scripts/setup/bundler.mjs";
import { pack } from "../package/pack.js";
import { launchChromium } from "../support/chromium.js";
import { type RedisServer, startRedis } from "../support/redis.js";
import { root } from "../support/ruby.js";
import { bundlers, readGuide } from "./guide.js";
import { machine } from "./machine.js";
import { startProxy } from "./proxy.js";
import { Reader } from "./reader.js";
import { summary, table } from "./times.js";

const bundler = bundlers.find((name) => name === (process.env.SIGNALBOX_GUIDE_JS ?? "importmap"));
if (bundler === undefined) throw new Error(`SIGNALBOX_GUIDE_JS is one of ${bundlers.join(", ")}`);
const guide = readFileSync(join(root, "docs/getting-started.md"), "utf8");
const sections = readGuide(guide, bundler);

let folder: string;
let reader: Reader;
let browser: Browser;
let redis: RedisServer;
let ports: { readonly web: number; readonly gateway: number };
let first: Page;
let second: Page;

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "signalbox-guide-")));
  ports = { web: await freePort(), gateway: await freePort() };
  [redis, browser] = await Promise.all([startRedis(), launchChromium()]);
  const tarball = await pack(folder);
  const chroot = process.env.SIGNALBOX_GUIDE_CHROOT ?? null;
  reader = new Reader(machine(chroot === null ? bundlerFolder : null, chroot), folder, (script) =>
    typedHere(script, tarball),
  );
}, 120_000);

afterAll(async () => {
  console.log(`The guide, with ${bundler}: ${summary(reader.timings, "5. Run it")}.`);
  if (process.env.SIGNALBOX_GUIDE_TIMES === "each") console.log(table(reader.timings));
  await browser?.close();
  await stopAll();
  await redis?.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

/** What a reader would type on this machine: packages, gems, Redis and ports are from here. */
function typedHere(script: string, tarball: string): string {
  return script
    .replaceAll(/^(npm install|yarn add)(.*) signalbox(?=\s|$)/gm, `$1$2 ${tarball}`)
    .replaceAll(/^bundle add (\S+)$/gm, `echo 'gem "$1"' >> Gemfile && bundle install --local --quiet`)
    .replaceAll("redis://localhost:6379/0", redis.url)
    .replaceAll(/^bin\/dev\b/gm, `PORT=${ports.web} $&`)
    .replaceAll(/^bin\/rails server\b/gm, `PORT=${ports.web} $&`)
    .replaceAll(/^npx signalbox start\b/gm, `PORT=${ports.gateway} $&`);
}

/** What the test looks for is what the guide has promised. */
function promised(words: string): string {
  expect(guide.replaceAll(/\s+/g, " ")).toContain(words);
  return words;
}

const announced = (page: Page, words: string) =>
  page.locator("[data-announcements-target=list] li", { hasText: words });

async function announce(page: Page, words: string): Promise<void> {
  await page.getByLabel("Announcement", { exact: true }).fill(words);
  await page.getByRole("button", { name: "Announce" }).click();
}

const subscribed = (page: Page) =>
  page.locator("[data-announcements-target=status]", { hasText: promised("subscribed") }).waitFor();

/** In a browser of its own, as a private window is. */
async function open(address: string): Promise<Page> {
  const page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
  await page.goto(address);
  await subscribed(page);
  return page;
}

const note = (page: Page) => page.getByText(promised("Announced."), { exact: true });

/** The page has a connection of this user's then, and says so. */
async function beUser(id: number, page: Page): Promise<void> {
  await page.getByRole("button", { name: promised(`Be user ${id}`) }).click();
  await page.getByText(`You are user ${id}.`).waitFor();
  await page.locator(`html[data-signalbox-channels~="inbox:${id}=subscribed"]`).waitFor();
}

/** The note goes to whoever announces. Another's would have come before the announcement that follows it. */
async function tellsOnly(page: Page, other: Page, words: string): Promise<void> {
  await announce(page, words);
  await note(page).waitFor();
  await announce(page, `${words}, again`);
  await announced(other, `${words}, again`).waitFor();
  expect(await note(other).count()).toBe(0);
}

/** Turbo loads a page in full where the user changes, and nowhere else. */
async function visitsItself(page: Page): Promise<void> {
  if (bundler === "vite_rails") return; // has no Turbo
  const heard = await page.evaluate(() => {
    const first = new Promise<string>((resolve) => {
      for (const name of ["turbo:reload", "turbo:load"]) addEventListener(name, ({ type }) => resolve(type));
    });
    const link = document.createElement("a");
    link.href = location.pathname;
    document.body.append(link);
    link.click();
    return first;
  });
  expect(heard).toBe("turbo:load");
}

function running(command: string): Launched {
  const launched = [...reader.running].find(([script]) => script.includes(command))?.[1];
  if (launched === undefined) throw new Error(`the guide starts no ${command}`);
  return launched;
}

async function told({ output }: Launched, words: string): Promise<void> {
  await vi.waitUntil(() => output.some((line) => line.includes(words)), { timeout: 30_000 });
}

const addressIn = (title: string) => {
  const [address] = sections.find((section) => section.title === title)?.addresses ?? [];
  if (address === undefined) throw new Error(`the guide says nowhere in "${title}" what to open`);
  return address.replace(":3000", `:${ports.web}`);
};

/** What holds once a section has been followed. */
const checks: Readonly<Record<string, () => Promise<void> | void>> = {
  "1. An application": () => {},
  async "2. Install"() {
    // The first column of its table names what there is then.
    const [section = ""] = /^## 2\..*?(?=^## )/ms.exec(guide) ?? [];
    const cells = [...section.matchAll(/^\| (`.*?) \|/gm)].map(([, cell = ""]) => cell);
    const named = cells.flatMap((cell) => [...cell.matchAll(/`(.*?)`/g)].map(([, path = ""]) => path));
    expect(named).toContain("Procfile.dev");
    expect(named.filter((path) => !existsSync(join(reader.folder, path)))).toEqual([]);
  },
  "3. The contract": () => {},
  "4. A page": () => {},

  async "5. Run it"() {
    const address = addressIn("5. Run it");
    await answering(running("bin/dev"), address);
    [first, second] = [await open(address), await open(address)];
    await announce(first, "Train approaching");
    await Promise.all([first, second].map((page) => announced(page, "Train approaching").waitFor()));
  },

  async "6. Change the contract"() {
    await told(
      running("bin/dev"),
      promised("The gateway has the changes of realtime/schema/announcements.ts."),
    );
    await Promise.all([subscribed(first), subscribed(second)]);
    await announce(first, "Signal at danger");
    await first.getByText(promised("Signalbox::ContractViolation")).first().waitFor();
    await first.getByText(promised("announcements posted: level: Invalid option")).first().waitFor();
  },

  async "7. Follow it in Rails"() {
    await first.goto(addressIn("5. Run it"));
    await subscribed(first);
    await first.getByLabel("Level").selectOption("warning");
    await announce(first, "Line clear");
    await announced(second, "Line clear").waitFor();
    // The second window was never loaded again (but by Vite), and what was refused has not reached it.
    const before = bundler === "vite_rails" ? [] : ["Train approaching"];
    expect(await second.locator("li").allTextContents()).toEqual(["Line clear", ...before]);
  },

  async "8. Somebody's own channel"() {
    await told(running("bin/dev"), "The gateway has the changes of realtime/schema/inbox.ts.");
    await Promise.all([first, second].map((page) => page.reload()));
    await beUser(1, first);
    await beUser(2, second);
    await tellsOnly(first, second, "Doors closing");
    // Whoever signs in after somebody else, in the same tab, hears what is meant for the new user, and nothing else.
    for (const page of [first, second])
      await page.getByRole("button", { name: promised("Sign out") }).click();
    await beUser(2, first);
    await beUser(1, second);
    await tellsOnly(second, first, "Doors open");
    await announce(first, "All aboard");
    await note(first).waitFor();
    await visitsItself(first);
  },

  async "9. Test it"() {
    await first.context().close();
    await second.context().close();
    await running("bin/dev").stop();
  },

  async "10. Production"() {
    const proxy = await startProxy(folder, ports);
    try {
      await answering(running("signalbox start"), `http://localhost:${ports.gateway}/readyz`);
      await told(running("bin/rails server"), "Listening on");
      const page = await open(`${proxy.origin}/announcements`);
      await page.getByLabel("Level").selectOption("info");
      await announce(page, "Now departing");
      await announced(page, "Now departing").waitFor();
      // What stands for a sign-in in development lets nobody in here.
      const refused = page.waitForResponse((response) => response.url().endsWith("/session?user_id=1"));
      await page.getByRole("button", { name: "Be user 1" }).click();
      expect((await refused).status()).toBe(404);
      await page.context().close();
    } finally {
      await proxy.close();
    }
  },
};

test("each section of the guide is looked at", () => {
  expect(sections.map(({ title }) => title)).toEqual(Object.keys(checks));
});

let isLost = false;

test.each(sections)(
  "$title",
  async (section) => {
    if (isLost) throw new Error("nobody gets this far: an earlier section has failed");
    isLost = true;
    try {
      await reader.follow(section);
      await reader.look(section, checks[section.title] ?? (() => {}));
    } catch (error) {
      const output = [...reader.running].map(([script, { output: lines }]) =>
        [`— ${script}`, ...lines].join("\n"),
      );
      if (error instanceof Error) error.message += `\n${output.join("\n")}`;
      throw error;
    }
    isLost = false;
  },
  180_000,
);
