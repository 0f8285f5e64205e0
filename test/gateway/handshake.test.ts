import { connect } from "node:net";
import { channel } from "signalbox";
import { type GatewayOptions, session, type User } from "signalbox/gateway";
import { afterEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { Browser } from "./browser.js";
import {
  cookieFor,
  inbox,
  origin,
  recordingLog,
  serverOf,
  startTestGateway,
  type TestChannel,
  type TestGateway,
  thing,
} from "./fixture.js";

let gateway: TestGateway;
afterEach(() => gateway.stop());

/** A contract in which nothing is public, or one in which something is. */
const onlyMembers: readonly TestChannel[] = [{ channel: inbox }];
const withPublic: readonly TestChannel[] = [{ channel: inbox }, { channel: thing }];

async function start(
  channels = onlyMembers,
  options: Partial<GatewayOptions<User, unknown>> = {},
  startOptions: Parameters<typeof startTestGateway>[1] = {},
): Promise<void> {
  gateway = await startTestGateway(serverOf(channels, options), startOptions);
}

const foreign: readonly (string | undefined)[] = [
  undefined,
  "null",
  "",
  "https://evil.example",
  "https://app.example.evil.example",
  "https://app.example:8443",
  "http://app.example",
  "https://APP.example",
  "http://localhost:3000",
];

describe("origins", () => {
  test("a foreign one, and none, is refused with 403 before the cookie is looked at", async () => {
    let identified = 0;
    const identify = () => {
      identified += 1;
      return { id: 1 };
    };
    await start(onlyMembers, { identify });
    const cookie = cookieFor({ user_id: 1 });
    for (const origin of foreign)
      expect([origin, await Browser.refused(gateway.port, { origin, cookie })]).toEqual([origin, 403]);
    expect(identified).toBe(0);
    expect(await gateway.metric('signalbox_handshakes_refused_total{reason="origin"}')).toBe(foreign.length);
    expect(JSON.stringify(gateway.log.lines)).not.toContain(cookie);
  });

  test("the gateway's own is allowed, as the browser sees it behind TLS or not", async () => {
    await start(withPublic, { origins: [] });
    const own = await Browser.connect(gateway.port, { origin: `http://127.0.0.1:${gateway.port}` });
    await own.close();
    const secure = `https://127.0.0.1:${gateway.port}`;
    expect(await Browser.refused(gateway.port, { origin: secure })).toBe(403);
    const forwarded = await Browser.connect(gateway.port, {
      origin: secure,
      headers: { "x-forwarded-proto": "https" },
    });
    await forwarded.close();
  });

  test("pages of this machine are allowed in development only", async () => {
    await start(withPublic, {}, { mode: "development" });
    const browser = await Browser.connect(gateway.port, { origin: "http://localhost:3000" });
    await browser.close();
  });
});

describe("sessions", () => {
  const good = cookieFor({ user_id: 7 });
  const broken: readonly (readonly [string, string | undefined])[] = [
    ["no cookie", undefined],
    ["another cookie", "theme=dark"],
    // Its first letter may be one that a cookie has to escape.
    ["a tampered one", good.replace(/=(%..|.)/, (_, first) => `=${first === "A" ? "B" : "A"}`)],
    ["a cut one", good.slice(0, -8)],
    ["nonsense", "_app_session=%00--%ff--x"],
    ["one of nobody", cookieFor({ csrf: "x" })],
    ["a user that is no id", cookieFor({ user_id: [1] })],
  ];

  test.each(broken)("%s is accepted, told, and closed with 4401", async (_, cookie) => {
    await start();
    const browser = new Browser(gateway.port, { cookie });
    expect(await browser.next("error")).toEqual({
      type: "error",
      code: "authorization_failed",
      message: "not authenticated",
    });
    expect(await browser.next("close")).toEqual({ type: "close", code: 4401, reason: "not authenticated" });
    expect(await browser.closed).toEqual({ code: 4401, reason: "not authenticated" });
    // Stock Primus clients stay away.
    expect(browser.texts).toContain('"primus::server::close"');
    expect(browser.texts.join()).not.toContain("welcome");
  });

  test("which thing was wrong is in the log, never the cookie", async () => {
    await start();
    const [, cookie] = broken[2] ?? [];
    const browser = new Browser(gateway.port, { cookie });
    await browser.closed;
    expect(gateway.log.lines).toContainEqual(
      expect.objectContaining({ message: "no session", reason: "tag" }),
    );
    expect(JSON.stringify(gateway.log.lines)).not.toContain(cookie?.slice(20, 60));
  });

  test("nobody may come in where a channel is public, and has no user", async () => {
    const users: unknown[] = [];
    await start(withPublic, { connect: (ctx) => users.push(ctx.user) });
    for (const [, cookie] of broken) await (await Browser.connect(gateway.port, { cookie })).close();
    await (await Browser.connect(gateway.port, { cookie: good })).close();
    expect(users).toEqual([...broken.map(() => null), { id: "7" }]);
  });

  test("an identify that throws means nobody, one that never ends is refused", async () => {
    await start(onlyMembers, {
      identify() {
        throw new Error("no database");
      },
    });
    const browser = new Browser(gateway.port, { cookie: good });
    expect((await browser.closed).code).toBe(4401);
    expect(gateway.log.lines).toContainEqual(expect.objectContaining({ error: new Error("no database") }));
    await gateway.stop();

    await start(onlyMembers, { identify: () => new Promise(() => {}) }, { limits: { handshakeMs: 50 } });
    expect((await new Browser(gateway.port, { cookie: good }).closed).code).toBe(4403);
  });
});

describe("session()", () => {
  const request = (values: Readonly<Record<string, unknown>> | null) => ({
    session: values,
    cookies: new Map(),
    headers: {},
    origin,
    address: "127.0.0.1",
    url: "/realtime",
  });

  test.each([
    [{ user_id: "a1" }, { id: "a1" }],
    [{ user_id: 12 }, { id: "12" }],
    [{ user_id: 0 }, { id: "0" }],
    [{ user_id: 2n ** 64n }, { id: "18446744073709551616" }],
    [{ user_id: "" }, null],
    [{ user_id: 1.5 }, null],
    [{ user_id: null }, null],
    [{ user_id: true }, null],
    [{ user_id: { id: 1 } }, null],
    [{}, null],
    [null, null],
  ])("of %o is %o", (values, user) => {
    expect(session("user_id")(request(values))).toEqual(user);
  });

  test("takes only own keys", () => {
    expect(session("toString")(request({}))).toBeNull();
  });

  test("takes what its schema makes of the value", () => {
    expect(session("user_id", z.int())(request({ user_id: 12 }))).toEqual({ id: 12 });
    expect(session("user_id", z.int())(request({ user_id: "12" }))).toBeNull();
  });
});

describe("connect and disconnect", () => {
  test("what connect returns is ctx.state, to the end", async () => {
    const ended: unknown[] = [];
    const signals: AbortSignal[] = [];
    await start(withPublic, {
      connect(ctx) {
        signals.push(ctx.signal);
        return { user: ctx.user, count: 1 };
      },
      disconnect: (ctx) => void ended.push([ctx.state, ctx.connection.origin, ctx.signal.aborted]),
    });
    const browser = await Browser.connect(gateway.port, { cookie: cookieFor({ user_id: 3 }) });
    expect(gateway.connections).toBe(1);
    await browser.close();
    await expect.poll(() => ended).toEqual([[{ user: { id: "3" }, count: 1 }, origin, true]]);
    expect(signals.map((signal) => signal.aborted)).toEqual([true]);
    expect(gateway.connections).toBe(0);
    expect(await gateway.metric("signalbox_connections")).toBe(0);
    expect(await gateway.metric('signalbox_disconnects_total{reason="1005"}')).toBe(1);
  });

  test("a connect that throws refuses with 4403 and has no disconnect", async () => {
    let disconnected = 0;
    await start(withPublic, {
      connect() {
        throw new Error("banned");
      },
      disconnect() {
        disconnected += 1;
      },
    });
    const browser = new Browser(gateway.port);
    expect(await browser.closed).toEqual({ code: 4403, reason: "not allowed" });
    expect(browser.texts.join()).not.toContain("banned");
    expect(disconnected).toBe(0);
  });

  test("frames that come before the welcome wait for it", async () => {
    let proceed = (): void => {};
    const gate = new Promise<void>((resolve) => {
      proceed = resolve;
    });
    await start(withPublic, { connect: () => gate });
    const browser = new Browser(gateway.port);
    await new Promise((resolve) => browser.socket.once("open", resolve));
    browser.request({ type: "subscribe", channel: "thing" });
    proceed();
    await browser.next("subscribed");
    expect(browser.texts.map((text) => JSON.parse(text).type)).toEqual(["welcome", "subscribed"]);
    await browser.close();
  });

  test("limits on connections, per gateway, address and user", async () => {
    await start(
      onlyMembers,
      {},
      { limits: { connections: 3, connectionsPerUser: 1, connectionsPerAddress: 2 } },
    );
    const cookie = cookieFor({ user_id: 1 });
    const one = await Browser.connect(gateway.port, { cookie });
    const again = new Browser(gateway.port, { cookie });
    expect((await again.closed).code).toBe(4429);
    const two = await Browser.connect(gateway.port, { cookie: cookieFor({ user_id: 2 }) });
    expect(await Browser.refused(gateway.port, { cookie: cookieFor({ user_id: 3 }) })).toBe(429);
    await one.close();
    await expect.poll(() => gateway.connections).toBe(1);
    const three = await Browser.connect(gateway.port, { cookie });
    await Promise.all([two.close(), three.close()]);
  });
});

describe("what is no handshake of ours", () => {
  /** Sends these bytes and gives all that comes back. */
  async function raw(bytes: string): Promise<string> {
    const socket = connect(gateway.port, "127.0.0.1");
    const chunks: Buffer[] = [];
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.write(bytes);
    await new Promise((resolve) => socket.once("close", resolve));
    return Buffer.concat(chunks).toString();
  }
  const upgrade = (target: string, rest = "") =>
    `GET ${target} HTTP/1.1\r\nHost: x\r\nOrigin: ${origin}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n${rest}\r\n`;

  test("is answered and harms nobody", async () => {
    await start(withPublic);
    expect(await raw(upgrade("/elsewhere"))).toMatch(/^HTTP\/1\.1 404 /);
    expect(await raw(upgrade("/realtimes"))).toMatch(/^HTTP\/1\.1 404 /);
    // Node's old URL parser throws on this one.
    expect(await raw(upgrade("http://[::1"))).toMatch(/^HTTP\/1\.1 (400|404) /);
    expect(await raw(upgrade("/realtime"))).toMatch(/^HTTP\/1\.1 400 /);
    expect(await raw(upgrade("/realtime", "Sec-WebSocket-Key: x\r\nSec-WebSocket-Version: 1\r\n"))).toMatch(
      /^HTTP\/1\.1 400 /,
    );
    const browser = await Browser.connect(gateway.port);
    await browser.close();
  });
});

test("an origin in defineGateway that could never match keeps the gateway from starting", async () => {
  await start(); // for afterEach
  const server = serverOf([{ channel: thing }], { origins: ["https://app.example/"] });
  const readSession = () => ({ ok: false, reason: "missing" }) as const;
  await expect(startTestGateway(server, { readSession, log: recordingLog() })).rejects.toThrow(
    'origins: "https://app.example/" is not an origin (scheme, host and port only). Write "https://app.example".',
  );
});

test("what the gateway has not got yet is refused at start, all of it by name", async () => {
  await start(); // for afterEach
  const events = { changed: z.object({}) };
  const durable = channel("feed", {
    access: "public",
    delivery: "durable",
    history: { limit: 1, ttl: 1 },
    events,
  });
  const latest = channel("price", { access: "public", delivery: "latest", events });
  const signed = channel("ticket", { access: "signed", delivery: "ephemeral", events });
  const present = channel("lobby", {
    access: "public",
    delivery: "ephemeral",
    events,
    presence: z.object({}),
  });
  const unguarded = channel("vault", { access: "custom", delivery: "ephemeral", events });
  const unhandled = channel("desk", {
    access: "public",
    delivery: "ephemeral",
    events,
    commands: { ring: { input: z.object({}) } },
  });
  const channels = [durable, latest, signed, present, unguarded, unhandled].map((one) => ({ channel: one }));
  const surplus = { channel: thing, handlers: { on: { updated: () => {}, vanished: () => {} } } };
  await expect(startTestGateway(serverOf([...channels, surplus]))).rejects.toThrow(
    [
      'channel feed: delivery "durable" is not supported by this gateway yet',
      'channel price: delivery "latest" is not supported by this gateway yet',
      'channel ticket: access "signed" is not supported by this gateway yet',
      "channel lobby: presence is not supported by this gateway yet",
      'channel vault: access is "custom", but handlers/vault has no authorize',
      "channel desk: handlers/desk has no handler of the command ring",
      "channel thing: handlers/thing listens to vanished, which is no event of the contract: there is updated",
    ].join("\n"),
  );
});

test("a server that was generated with another zod is told of in the log", async () => {
  gateway = await startTestGateway({ ...serverOf(withPublic), zodVersion: "4.5.0" });
  expect(gateway.log.lines).toContainEqual(expect.objectContaining({ level: "warn", generated: "4.5.0" }));
});
