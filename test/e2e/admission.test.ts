import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { type Line, startLine } from "../../scripts/line/line.mjs";
import { signIn, visit } from "../../scripts/line/pages.mjs";
import { launchChromium } from "../support/chromium.js";
import { type RedisServer, startRedis } from "../support/redis.js";

let redis: RedisServer;
let line: Line;
let browser: Browser;
let ada: Page;
let cookie: string;

beforeAll(async () => {
  redis = await startRedis();
  [line, browser] = await Promise.all([startLine({ env: { REDIS_URL: redis.url } }), launchChromium()]);
  ada = await signIn(browser, line.url, "Ada");
  const session = (await ada.context().cookies()).find(({ name }) => name === line.env.SESSION_KEY);
  cookie = decodeURIComponent(session?.value ?? "");
});

afterAll(async () => {
  await browser?.close();
  await line?.stop();
  await redis?.stop();
});

interface Answer {
  /** The status of a handshake that was refused. */
  readonly status?: number;
  /** What came back for a subscription. */
  readonly frame?: { readonly type: string; readonly code?: string };
}

/** One handshake with these headers, and one subscription. */
function knock(channel: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${line.env.SIGNALBOX_GATEWAY_URL}/`, { headers });
    socket.once("error", reject);
    socket.once("unexpected-response", (_, response) => {
      resolve({ status: response.statusCode ?? 0 });
      response.destroy();
    });
    socket.on("message", (data) => {
      const frame = JSON.parse(String(data));
      if (frame.type === "welcome") socket.send(JSON.stringify({ type: "subscribe", ref: 1, channel }));
      if (frame.type !== "subscribed" && frame.type !== "error") return;
      resolve({ frame });
      socket.terminate();
    });
  });
}

const cookieOf = (value: string) => `${line.env.SESSION_KEY}=${encodeURIComponent(value)}`;

describe("who may come in", () => {
  it("is a browser with Rails' session, from Rails' origin", async () => {
    const answer = await knock("room:1", { origin: line.url, cookie: cookieOf(cookie) });

    expect(answer.frame).toMatchObject({ type: "subscribed", channel: "room:1" });
  });

  it("is nobody without a cookie, but for a public channel", async () => {
    const inside = await knock("room:1", { origin: line.url });
    const own = await knock("inbox:@me", { origin: line.url });
    const open = await knock("thing", { origin: line.url });

    expect(inside.frame).toMatchObject({ type: "error", code: "forbidden" });
    expect(own.frame).toMatchObject({ type: "error", code: "authorization_failed" });
    expect(open.frame).toMatchObject({ type: "subscribed" });
  });

  it.each([
    ["its first character", (value: string) => replaceAt(value, 0)],
    ["a character in the middle", (value: string) => replaceAt(value, Math.floor(value.length / 3))],
    ["its tag", (value: string) => replaceAt(value, value.lastIndexOf("--") + 2)],
    ["its length: only the encrypted part is left", (value: string) => value.split("--")[0] ?? ""],
  ])("is nobody with a cookie that was changed in %s", async (_, change) => {
    const answer = await knock("room:1", { origin: line.url, cookie: cookieOf(change(cookie)) });

    expect(answer.frame).toMatchObject({ type: "error", code: "forbidden" });
  });

  it.each(["https://evil.example", "null", "http://localhost.evil.example:3000"])(
    "is nobody from a page of %s, with whatever cookie",
    async (origin) => {
      expect(await knock("thing", { origin, cookie: cookieOf(cookie) })).toEqual({ status: 403 });
    },
  );

  it("is nobody without an origin", async () => {
    expect(await knock("thing", { cookie: cookieOf(cookie) })).toEqual({ status: 403 });
  });
});

describe("an inbox", () => {
  it("is named `@me`; by a number nobody's can be asked for, not even one's own", async () => {
    await visit(ada, "/thing");
    const id = await ada.locator("#thing").getAttribute("data-user-id");
    const signedIn = { origin: line.url, cookie: cookieOf(cookie) };

    const own = await knock("inbox:@me", signedIn);
    const ownByNumber = await knock(`inbox:${id}`, signedIn);
    const another = await knock("inbox:1", signedIn);

    expect(own.frame).toMatchObject({ type: "subscribed", channel: `inbox:${id}` });
    expect(ownByNumber.frame).toMatchObject({ type: "error", code: "forbidden" });
    expect(another.frame).toMatchObject({ type: "error", code: "forbidden" });
  });
});

/** Another character of the Base64 alphabet in its place. */
function replaceAt(value: string, index: number): string {
  return `${value.slice(0, index)}${value[index] === "A" ? "B" : "A"}${value.slice(index + 1)}`;
}
