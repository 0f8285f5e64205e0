import { channel } from "signalbox";
import { expect, test } from "vitest";
import { z } from "zod";
import { Browser } from "./browser.js";
import {
  cookieFor,
  envelope,
  serverOf,
  startTestGateway,
  type TestChannel,
  type TestGateway,
  thing,
} from "./fixture.js";

const desk = channel("desk", {
  access: "public",
  delivery: "ephemeral",
  commands: { wait: { input: z.object({}), output: z.string() } },
});

/** A desk whose command ends when it is told to. */
function deskWithGate(): { readonly desk: TestChannel; open(): void } {
  let open = (): void => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const wait = async () => {
    await gate;
    return "done";
  };
  return { desk: { channel: desk, handlers: { commands: { wait } } }, open: () => open() };
}

const status = async (gateway: TestGateway, path: string) =>
  (await fetch(`http://127.0.0.1:${gateway.port}${path}`)).status;

test("a gateway that goes away says when to come back, lets handlers end, and closes with 1012", async () => {
  const gate = deskWithGate();
  const disconnected: unknown[] = [];
  const gateway = await startTestGateway(
    serverOf([gate.desk, { channel: thing }], {
      disconnect: async (ctx) => {
        await new Promise((resolve) => setImmediate(resolve));
        disconnected.push(ctx.user);
      },
    }),
    { limits: { drainMs: 20_000, drainSpreadMs: 1_000 } },
  );
  const one = await Browser.connect(gateway.port, { cookie: cookieFor({ user_id: 1 }) });
  const two = await Browser.connect(gateway.port, { cookie: cookieFor({ user_id: 2 }) });
  await one.subscribe("desk");
  await two.subscribe("thing");
  const running = one.request({ type: "command", channel: "desk", command: "wait", data: {} });
  await one.subscribe("thing"); // so the command has been taken

  const stopped = gateway.stop();
  const retries = [await one.next("drain"), await two.next("drain")].map(({ retryAfter }) => retryAfter);
  for (const retry of retries) {
    expect(retry).toBeGreaterThanOrEqual(250);
    expect(retry).toBeLessThanOrEqual(1_250);
  }
  expect(await status(gateway, "/readyz")).toBe(503);
  expect(await status(gateway, "/up")).toBe(200);
  expect(await Browser.refused(gateway.port, { cookie: cookieFor({ user_id: 3 }) })).toBe(503);
  expect(await two.command("thing", "any", {})).toMatchObject({ code: "unavailable" });
  expect(await two.subscribe("desk")).toMatchObject({ code: "unavailable" });
  // Events arrive to the end.
  await gateway.publish("thing", envelope("updated", { user_id: 1, contents: "late" }));
  expect(await two.next("event")).toMatchObject({ data: { contents: "late" } });

  gate.open();
  expect(await one.next("reply")).toEqual({ type: "reply", ref: running, data: "done" });
  for (const browser of [one, two]) {
    expect(await browser.closed).toEqual({ code: 1012, reason: "the gateway restarts" });
    // A stock client comes back.
    expect(browser.texts).not.toContain('"primus::server::close"');
  }
  await stopped;
  expect(disconnected).toEqual(expect.arrayContaining([{ id: "1" }, { id: "2" }]));
  await expect(status(gateway, "/up")).rejects.toThrow();
});

test("what does not end in time is cut off", async () => {
  const gate = deskWithGate();
  const gateway = await startTestGateway(serverOf([gate.desk]), { limits: { drainMs: 100 } });
  const browser = await Browser.connect(gateway.port);
  await browser.subscribe("desk");
  browser.request({ type: "command", channel: "desk", command: "wait", data: {} });
  await browser.subscribe("desk");
  await Promise.all([gateway.stop(), gateway.stop()]);
  expect((await browser.closed).code).toBe(1012);
  expect(gateway.log.lines.at(-1)).toMatchObject({ message: "stopped", abandoned: 1 });
  gate.open();
});
