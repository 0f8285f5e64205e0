import { type Channel, channel } from "signalbox";
import { type ChannelHandlers, RealtimeError } from "signalbox/gateway";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { Browser } from "./browser.js";
import { cookieFor, room, serverOf, startTestGateway, type TestGateway } from "./fixture.js";

const desk = channel("desk", {
  access: "public",
  delivery: "ephemeral",
  commands: {
    echo: {
      input: z.object({ text: z.string().trim().max(5), note: z.string().default("none") }),
      output: z.unknown(),
    },
    forget: { input: z.object({}) },
    lie: { input: z.object({}), output: z.object({ count: z.int() }) },
    decline: { input: z.object({}) },
    crash: { input: z.object({}) },
    hang: { input: z.object({}) },
    wait: { input: z.object({}) },
  },
});

describe("commands", () => {
  let gateway: TestGateway;
  const calls: unknown[] = [];
  let finish: (() => void)[] = [];
  const commands: ChannelHandlers["commands"] = {
    echo(ctx: { user: unknown }, input: unknown, params: unknown) {
      calls.push([ctx.user, input, params]);
      return input;
    },
    forget: () => ({ secret: "not for the browser" }),
    lie: async () => ({ count: "many" }),
    decline() {
      throw new RealtimeError("sold_out", "there is no more");
    },
    crash() {
      throw new Error("password is hunter2");
    },
    hang: () => new Promise(() => {}),
    wait: () => new Promise<void>((resolve) => finish.push(resolve)),
  };
  beforeAll(async () => {
    const server = serverOf([
      { channel: desk, handlers: { commands } },
      {
        channel: room,
        handlers: { authorize: () => false, commands: { startTyping: () => {}, postMessage: () => {} } },
      },
    ]);
    gateway = await startTestGateway(server, { limits: { commandMs: 100, commandsInFlight: 2 } });
  });
  afterAll(() => gateway.stop());

  async function atDesk(): Promise<Browser> {
    const browser = await Browser.connect(gateway.port, { cookie: cookieFor({ user_id: 1 }) });
    await browser.subscribe("desk");
    return browser;
  }

  test("the handler gets what the schema made of the input, and its result is the answer", async () => {
    const browser = await atDesk();
    const answer = await browser.command("desk", "echo", { text: "  hi ", admin: true });
    expect(answer).toEqual({ type: "reply", ref: 2, data: { text: "hi", note: "none" } });
    expect(calls).toEqual([[{ id: "1" }, { text: "hi", note: "none" }, {}]]);
    await browser.close();
  });

  test("without an output in the contract, nothing is told but that it is done", async () => {
    const browser = await atDesk();
    expect(await browser.command("desk", "forget", {})).toEqual({ type: "reply", ref: 2 });
    await browser.close();
  });

  test("invalid input is answered with paths and codes; the handler is not called", async () => {
    const browser = await atDesk();
    const before = calls.length;
    const answer = await browser.command("desk", "echo", { text: "too long", note: 5 });
    expect(answer).toMatchObject({
      type: "error",
      ref: 2,
      code: "invalid_input",
      issues: [
        { path: ["text"], code: "too_big" },
        { path: ["note"], code: "invalid_type" },
      ],
    });
    expect(await browser.command("desk", "echo", null)).toMatchObject({ code: "invalid_input" });
    browser.raw('{"type":"command","ref":9,"channel":"desk","command":"echo"}');
    expect(await browser.next("error")).toMatchObject({ ref: 9, code: "invalid_input" });
    expect(calls.length).toBe(before);
    await browser.close();
  });

  test("a RealtimeError reaches the browser with its code", async () => {
    const browser = await atDesk();
    expect(await browser.command("desk", "decline", {})).toEqual({
      type: "error",
      ref: 2,
      code: "sold_out",
      message: "there is no more",
    });
    await browser.close();
  });

  test.each(["crash", "lie"])("%s: the browser learns an id, the log what is behind it", async (command) => {
    const browser = await atDesk();
    const answer = await browser.command("desk", command, {});
    expect(answer).toMatchObject({ type: "error", ref: 2, code: "internal" });
    const { message } = Object(answer);
    expect(message).toMatch(/^internal error [0-9a-f-]{36}$/);
    const logged = gateway.log.lines.filter((line) => line.id === message.slice("internal error ".length));
    expect(logged).toEqual([expect.objectContaining({ level: "error", channel: "desk", handler: command })]);
    await browser.close();
  });

  test("one that takes too long is given up", async () => {
    const browser = await atDesk();
    expect(await browser.command("desk", "hang", {})).toMatchObject({ code: "unavailable" });
    await browser.close();
  });

  test("so many at once, and no more, until the handlers end", async () => {
    const browser = await atDesk();
    finish = [];
    const refs = [1, 2].map(() =>
      browser.request({ type: "command", channel: "desk", command: "wait", data: {} }),
    );
    expect(await browser.command("desk", "wait", {})).toMatchObject({ code: "too_many_requests" });
    for (const done of finish) done();
    for (const ref of refs) expect(await browser.next("reply")).toEqual({ type: "reply", ref });
    expect(await browser.command("desk", "forget", {})).toMatchObject({ type: "reply" });
    await browser.close();
  });

  test("need a live subscription to their channel", async () => {
    const browser = await Browser.connect(gateway.port);
    expect(await browser.command("desk", "forget", {})).toMatchObject({ code: "not_subscribed" });
    expect(await browser.subscribe("room:1")).toMatchObject({ code: "forbidden" });
    expect(await browser.command("room:1", "startTyping", {})).toMatchObject({ code: "not_subscribed" });
    browser.request({ type: "subscribe", channel: "desk" });
    expect(await browser.command("desk", "forget", {})).toMatchObject({ type: "reply" });
    await browser.ask({ type: "unsubscribe", channel: "desk" });
    expect(await browser.command("desk", "forget", {})).toMatchObject({ code: "not_subscribed" });
    await browser.close();
  });

  test.each(["nothing", "toString", "__proto__", "constructor", ""])("%j is no command", async (command) => {
    const browser = await atDesk();
    expect(await browser.command("desk", command, {})).toMatchObject({ code: "unknown_command" });
    await browser.close();
  });
});

describe("ctx.publish", () => {
  test("validates, and says what is wrong without its values", async () => {
    const errors: unknown[] = [];
    const ringer: Channel = channel("ringer", {
      access: "public",
      delivery: "ephemeral",
      commands: { ring: { input: z.object({}), output: z.array(z.string()) } },
    });
    interface Publish {
      room(params: unknown): { typing(data: unknown): Promise<string> };
    }
    const gateway = await startTestGateway(
      serverOf([
        {
          channel: ringer,
          handlers: {
            commands: {
              async ring(ctx: { publish: unknown }) {
                const publish: Publish = Object(ctx.publish);
                const attempts = [
                  async () => publish.room({ roomId: 1 }).typing({ author: 12345 }),
                  async () => publish.room({ roomId: "1:2" }).typing({ author: "ann" }),
                  async () => publish.room({}).typing({ author: "ann" }),
                  async () => publish.room({ roomId: 0.5 }).typing({ author: "ann" }),
                ];
                for (const attempt of attempts) await attempt().catch((error: unknown) => errors.push(error));
                return [await publish.room({ roomId: 1 }).typing({ author: "ann", extra: 1 })];
              },
            },
          },
        },
        {
          channel: room,
          handlers: { authorize: () => true, commands: { startTyping: () => {}, postMessage: () => {} } },
        },
      ]),
    );
    const browser = await Browser.connect(gateway.port);
    await browser.subscribe("room:1");
    await browser.subscribe("ringer");
    const answer = await browser.command("ringer", "ring", {});
    expect(errors.map(String)).toEqual([
      "ContractViolation: room/typing does not fit the contract: author: Invalid input: expected string, received number",
      "TypeError: room:{roomId}: parameter roomId is missing or not what the contract says",
      "TypeError: room:{roomId}: parameter roomId is missing or not what the contract says",
      "TypeError: room:{roomId}: parameter roomId is missing or not what the contract says",
    ]);
    const event = await browser.next("event");
    expect(event).toMatchObject({ channel: "room:1", event: "typing", data: { author: "ann" } });
    expect(answer).toMatchObject({ type: "reply", data: [event.id] });
    expect(Math.abs(event.at - Date.now())).toBeLessThan(60_000);
    await browser.close();
    await gateway.stop();
  });
});

test("a RealtimeError's code is lower_snake_case", () => {
  for (const code of ["Sold", "sold-out", "", "1st", "a b"])
    expect(() => new RealtimeError(code, "x")).toThrow(TypeError);
});
