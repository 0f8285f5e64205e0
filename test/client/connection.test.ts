import { describe, expect, it, vi } from "vitest";
import { reached, useClient } from "./in-node.js";

const its = useClient();
const listen = () => its.realtime.thing().on("updated", () => {});

describe("the connection", () => {
  it("opens with the first subscription, not before", async () => {
    const room = its.realtime.room({ roomId: 1 });
    expect(its.realtime.status).toBe("idle");
    const statuses: string[] = [];
    its.realtime.onStatus((status) => statuses.push(status));
    room.on("typing", () => {});
    const connection = await its.gateway.welcomed();
    await connection.acceptSubscription();
    await room.ready;
    expect(statuses).toEqual(["connecting", "open"]);
  });

  it("sends nothing before the welcome", async () => {
    listen();
    const connection = await its.gateway.connections.next();
    connection.send("primus::ping::1");
    expect(await connection.texts.next()).toBe("primus::pong::1");
    expect(connection.frames.size).toBe(0);
    connection.welcome();
    await connection.acceptSubscription();
  });

  it("comes back and subscribes again, and says that something may be missing", async () => {
    const gaps: string[] = [];
    const room = its.realtime.room({ roomId: 1 });
    room.on("typing", () => {});
    room.onGap((gap) => gaps.push(gap.reason));
    const first = await its.gateway.welcomed();
    await first.acceptSubscription();
    await room.ready;
    first.terminate();
    await reached(its.realtime, "reconnecting");
    expect(room.status).toBe("pending");
    const second = await its.gateway.welcomed();
    expect(await second.acceptSubscription()).toBe("room:1");
    await room.ready;
    expect(gaps).toEqual(["reconnected"]);
  });

  it("waits as long as a draining gateway asks for", async () => {
    listen();
    const first = await its.gateway.welcomed();
    await first.acceptSubscription();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const lost = reached(its.realtime, "reconnecting");
    first.send({ type: "drain", retryAfter: 1_250 });
    first.close(1012);
    await lost;
    vi.advanceTimersByTime(1_249);
    expect(its.opened).toBe(1);
    vi.advanceTimersByTime(1);
    expect(its.opened).toBe(2);
    await its.gateway.welcomed();
  });

  /** Fails unless the client makes a socket after exactly that many ms. */
  function expectRetryAfter(delay: number) {
    const { opened } = its;
    vi.advanceTimersByTime(delay - 1);
    expect(its.opened).toBe(opened);
    vi.advanceTimersByTime(1);
    expect(its.opened).toBe(opened + 1);
  }

  it("waits longer after each failure, until it has stood for 10 s", async () => {
    vi.spyOn(Math, "random").mockReturnValue(1);
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
    listen();
    for (const delay of [500, 1_000, 2_000]) {
      const connection = await its.gateway.welcomed();
      await connection.acceptSubscription();
      vi.advanceTimersByTime(9_999);
      const lost = reached(its.realtime, "reconnecting");
      connection.terminate();
      await lost;
      expectRetryAfter(delay);
    }
    const good = await its.gateway.welcomed();
    await good.acceptSubscription();
    vi.advanceTimersByTime(10_000);
    const lost = reached(its.realtime, "reconnecting");
    good.terminate();
    await lost;
    expectRetryAfter(500);
  });

  it("waits up to 16 s where the gateway says that it is too much", async () => {
    vi.spyOn(Math, "random").mockReturnValue(1);
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
    listen();
    const connection = await its.gateway.welcomed();
    await connection.acceptSubscription();
    const lost = reached(its.realtime, "reconnecting");
    connection.close(4429);
    await lost;
    expectRetryAfter(16_000);
  });

  it("gives up a gateway that has been silent for more than two pings", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
    listen();
    const first = await its.gateway.welcomed();
    await first.acceptSubscription();
    await reached(its.realtime, "open");
    vi.advanceTimersByTime(40_000);
    first.send("primus::ping::1");
    await first.texts.next();
    vi.advanceTimersByTime(50_000);
    expect(its.realtime.status).toBe("open");
    vi.advanceTimersByTime(6_000);
    expect(its.realtime.status).toBe("reconnecting");
    expect(await first.closed).toBe(1000);
  });

  it("gives up a handshake that is not answered", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
    listen();
    await its.gateway.connections.next();
    vi.advanceTimersByTime(10_000);
    expect(its.realtime.status).toBe("reconnecting");
    vi.advanceTimersByTime(1);
    await its.gateway.welcomed();
  });

  it("warns once, with advice, where there is no gateway, and keeps trying", async () => {
    await its.gateway.stop();
    listen();
    await vi.waitFor(() => expect(its.log).toHaveLength(1));
    expect(its.log[0]).toMatch(/no connection to ws:\/\/127.*Does the gateway run/);
    await reached(its.realtime, "reconnecting");
    const { port } = new URL(its.gateway.url);
    its.gateway = await (await import("./scripted-gateway.js")).ScriptedGateway.start(Number(port));
    await its.gateway.welcomed();
    await reached(its.realtime, "open");
    expect(its.log).toHaveLength(1);
  });

  it("stays away when nobody listens any more", async () => {
    its.realtime.connect();
    const connection = await its.gateway.welcomed();
    await reached(its.realtime, "open");
    connection.terminate();
    await reached(its.realtime, "idle");
  });

  it("closes for good, and opens again when told to", async () => {
    const room = its.realtime.room({ roomId: 1 });
    const heard: string[] = [];
    room.on("messagePosted", (message) => heard.push(message.body));
    const first = await its.gateway.welcomed();
    await first.acceptSubscription();
    await room.ready;
    its.realtime.close();
    expect(its.realtime.status).toBe("closed");
    expect(await first.closed).toBe(1000);
    await expect(room.ready).rejects.toMatchObject({ code: "closed" });
    its.realtime.connect();
    const second = await its.gateway.welcomed();
    await second.acceptSubscription();
    second.event("room:1", "messagePosted", { body: "back" });
    await vi.waitFor(() => expect(heard).toEqual(["back"]));
  });

  it("survives what is not of this protocol", async () => {
    const room = its.realtime.room({ roomId: 1 });
    const heard: string[] = [];
    room.on("messagePosted", (message) => heard.push(message.body));
    const connection = await its.gateway.welcomed();
    await connection.acceptSubscription();
    for (const text of [
      "{",
      "null",
      "1",
      "[]",
      "{}",
      '"primus::server::close"',
      '{"type":"later"}',
      '{"type":"reply","ref":99}',
    ])
      connection.sendRaw(text);
    connection.event("room:2", "messagePosted", { body: "another room's" });
    connection.event("room:1", "messagePosted", { body: "fine" });
    await vi.waitFor(() => expect(heard).toEqual(["fine"]));
    expect(its.opened).toBe(1);
  });

  it("tells once that the gateway has another contract", async () => {
    const thing = its.realtime.thing();
    thing.on("updated", () => {});
    const first = await its.gateway.connections.next();
    first.welcome("ffffffffffff");
    await first.acceptSubscription();
    first.terminate();
    const second = await its.gateway.connections.next();
    second.welcome("ffffffffffff");
    await second.acceptSubscription();
    await thing.ready;
    expect(its.log).toEqual([expect.stringContaining("another version of the contract")]);
  });
});

describe("a connection that the gateway ends", () => {
  it.each([
    { code: 4401, status: "unauthorized", error: "authorization_failed", refusals: ["authorization_failed"] },
    { code: 4403, status: "unauthorized", error: "forbidden", refusals: ["forbidden"] },
    { code: 4426, status: "closed", error: "contract_too_old", refusals: [] },
  ])("with $code does not come back by itself", async ({ code, status, error, refusals }) => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const room = its.realtime.room({ roomId: 1 });
    room.on("typing", () => {});
    const told: unknown[] = [];
    its.realtime.onStatus((now, why) => told.push([now, why?.code]));
    const ready = expect(room.ready).rejects.toMatchObject({ name: "RealtimeError", code: error });
    const connection = await its.gateway.connections.next();
    connection.close(code);
    await ready;
    expect(told.at(-1)).toEqual([status, error]);
    expect(room.status).toBe("refused");
    expect(its.refusals).toEqual(refusals);
    vi.advanceTimersByTime(60_000);
    // Whoever subscribes now is told at once.
    await expect(its.realtime.thing().ready).rejects.toMatchObject({ code: error });
    expect(its.opened).toBe(1);

    its.realtime.connect();
    const next = await its.gateway.welcomed();
    expect(new Set([await next.acceptSubscription(), await next.acceptSubscription()])).toEqual(
      new Set(["room:1", "thing"]),
    );
    await room.ready;
  });

  it("takes the code from the close frame where the transport hides it", async () => {
    listen();
    const connection = await its.gateway.connections.next();
    connection.send({ type: "error", code: "authorization_failed", message: "Sign in first." });
    connection.send({ type: "close", code: 4401, reason: "not authenticated" });
    await reached(its.realtime, "unauthorized");
    expect(its.log).toEqual(["signalbox: authorization_failed: Sign in first."]);
    await expect(its.realtime.room({ roomId: 1 }).ready).rejects.toThrow("Sign in first.");
  });

  it("with 4409 comes back once", async () => {
    listen();
    (await its.gateway.welcomed()).close(4409);
    const second = await its.gateway.welcomed();
    await second.acceptSubscription();
    second.close(4409);
    await reached(its.realtime, "unauthorized");
    expect(its.refusals).toEqual(["revoked"]);
  });

  it.each([4408, 4429, 1011])("with %i comes back", async (code) => {
    listen();
    (await its.gateway.welcomed()).close(code);
    await (await its.gateway.welcomed()).acceptSubscription();
  });
});
