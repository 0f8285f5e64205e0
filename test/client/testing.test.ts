import { createRealtime, type Realtime } from "signalbox/client";
import { createTestGateway, type TestGateway } from "signalbox/testing";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Channels, contract } from "./contract.js";
import { reached } from "./in-node.js";

let realtime: Realtime<Channels>;
let gateway: TestGateway;
let log: string[];

beforeEach(() => {
  log = [];
  realtime = createRealtime(contract);
  realtime.configure({
    logger: { warn: (message) => log.push(message), error: (message) => log.push(message) },
  });
  gateway = createTestGateway(realtime);
});
afterEach(() => realtime.close());

const room = () => realtime.room({ roomId: 1 });

describe("a test gateway", () => {
  it("delivers events before emit returns, and says whether anybody was there", () => {
    const heard: unknown[] = [];
    expect(gateway.emit(room(), "messagePosted", { author: "Ann", body: "unheard" })).toBe(false);
    room().on("messagePosted", (message, meta) => heard.push(message.body, meta));
    expect(gateway.emit(room(), "messagePosted", { author: "Ann", body: "hi" }, { id: "e1", at: 5 })).toBe(
      true,
    );
    expect(gateway.emit(realtime.room({ roomId: 2 }), "typing", { author: "Ann" })).toBe(false);
    expect(heard).toEqual(["hi", { id: "e1", at: 5, channel: "room:1" }]);
    expect(gateway.subscribed).toEqual(["room:1"]);
    expect(log).toEqual([]);
  });

  it("knows the contract's types", () => {
    realtime.inbox().on("notified", () => {});
    expect(gateway.emit(realtime.inbox(), "notified", { title: "for me" })).toBe(true);
    // @ts-expect-error: no such event
    gateway.emit(room(), "notified", {});
    // @ts-expect-error: not its payload
    gateway.emit(room(), "typing", { body: "" });
    // @ts-expect-error: not its answer
    gateway.answer(room(), "postMessage", () => ({ author: 1 }));
  });

  it("keeps what was sent and gives the test's answers", async () => {
    gateway.answer(room(), "postMessage", ({ body }) => ({ author: "Ann", body }));
    gateway.answer(room(), "startTyping", () => {
      throw Object.assign(new Error("Only reading."), { code: "muted" });
    });
    expect(await room().send("postMessage", { body: "hi" })).toEqual({ author: "Ann", body: "hi" });
    await expect(room().send("startTyping", {})).rejects.toMatchObject({
      code: "muted",
      message: "Only reading.",
    });
    await expect(realtime.room({ roomId: 2 }).send("startTyping", {})).rejects.toMatchObject({
      code: "unknown_command",
    });
    expect(gateway.sent).toEqual([
      { channel: "room:1", command: "postMessage", data: { body: "hi" } },
      { channel: "room:1", command: "startTyping", data: {} },
      { channel: "room:2", command: "startTyping", data: {} },
    ]);
  });

  it("refuses a channel, before and after it was subscribed to", async () => {
    gateway.refuse(room());
    await expect(room().ready).rejects.toMatchObject({ code: "forbidden" });
    const inbox = realtime.inbox();
    await inbox.ready;
    gateway.refuse(inbox);
    expect(inbox.status).toBe("refused");
  });

  it("loses the connection, lets it back, and ends it", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const gaps: string[] = [];
    room().onGap(({ reason }) => gaps.push(reason));
    await room().ready;
    gateway.gap();
    gateway.gap(room());
    gateway.setStatus("reconnecting");
    expect(realtime.status).toBe("reconnecting");
    expect(gateway.emit(room(), "typing", { author: "Ann" })).toBe(false);
    gateway.setStatus("open");
    expect(realtime.status).toBe("open");
    expect(gaps).toEqual(["broker_reconnected", "broker_reconnected", "reconnected"]);
    gateway.setStatus("unauthorized");
    await reached(realtime, "unauthorized");
    vi.restoreAllMocks();
  });
});
