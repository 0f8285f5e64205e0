import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { test, vi } from "vitest";
import { startRedis } from "../support/redis.js";
import { Browser } from "./browser.js";
import { envelope, serverOf, startTestGateway, thing } from "./fixture.js";

// An end that says nothing is found after seconds; the tests wait for them beside each other.
vi.setConfig({ testTimeout: 90_000 });

const server = serverOf([{ channel: thing }]);
const on = (url: string) => ({ broker: { kind: "redis", url, prefix: "" } as const });
const payload = (contents: string) => envelope("updated", { user_id: 1, contents });
const readiness = (port: number) => async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).status;
const patiently = { timeout: 60_000 };

test.concurrent("a start is not held up by a Redis that takes connections and answers nothing", async ({
  expect,
  onTestFinished,
}) => {
  const redis = await startRedis();
  onTestFinished(() => redis.stop());
  redis.pause();
  await expect(startTestGateway(server, on(redis.url))).rejects.toThrow(
    `cannot reach Redis at ${redis.url}: Redis does not answer within 5 s`,
  );
  redis.resume();
  const gateway = await startTestGateway(server, on(redis.url));
  onTestFinished(() => gateway.stop());
});

test.concurrent("a Redis that falls silent is lost, pages are told of the gap once it answers again", async ({
  expect,
  onTestFinished,
}) => {
  const redis = await startRedis();
  onTestFinished(() => redis.stop());
  const gateway = await startTestGateway(server, on(redis.url));
  onTestFinished(() => gateway.stop());
  const [page, other] = [await Browser.connect(gateway.port), await Browser.connect(gateway.port)];
  await page.subscribe("thing");
  redis.pause();
  await expect.poll(readiness(gateway.port), patiently).toBe(503);
  expect(await other.subscribe("thing")).toMatchObject({ type: "error", code: "unavailable" });

  redis.resume();
  expect(await page.next("gap")).toEqual({ type: "gap", reason: "broker_reconnected" });
  await expect.poll(readiness(gateway.port)).toBe(200);
  await redis.publish("thing", payload("back"));
  expect((await page.next("event")).data).toEqual({ user_id: 1, contents: "back" });
  await Promise.all([page.close(), other.close()]);
});

test.concurrent("a connection that is swallowed on its way is given up for a new one", async ({
  expect,
  onTestFinished,
}) => {
  const redis = await startRedis();
  onTestFinished(() => redis.stop());
  const way = await startWay(redis.port);
  onTestFinished(() => way.close());
  const gateway = await startTestGateway(server, on(`redis://127.0.0.1:${way.port}`));
  onTestFinished(() => gateway.stop());
  const page = await Browser.connect(gateway.port);
  await page.subscribe("thing");
  const before = way.taken();
  way.swallow();
  await expect.poll(readiness(gateway.port), patiently).toBe(503);
  // Also what it tries meanwhile is taken, and never heard of again.
  await expect.poll(way.taken, patiently).toBeGreaterThan(before);
  way.heal();
  expect(await page.next("gap")).toEqual({ type: "gap", reason: "broker_reconnected" });
  await redis.publish("thing", payload("back"));
  expect((await page.next("event")).data).toEqual({ user_id: 1, contents: "back" });
  await page.close();
});

/** A way to a server that can swallow what is sent on it, as a network does that has lost track of a connection. */
async function startWay(to: number) {
  const sockets = new Set<Socket>();
  let swallowing = false;
  const relay = createServer((near) => {
    sockets.add(near);
    near.on("error", () => {}); // the other side may break it off
    if (swallowing) return;
    const far = connect(to, "127.0.0.1");
    far.on("error", () => {});
    sockets.add(far);
    near.on("data", (data) => swallowed.has(near) || far.write(data));
    far.on("data", (data) => swallowed.has(near) || near.write(data));
    near.on("close", () => far.destroy());
  });
  const swallowed = new Set<Socket>();
  relay.listen(0, "127.0.0.1");
  await once(relay, "listening");
  const address = relay.address();
  if (typeof address !== "object" || address === null) throw new Error("no port");
  return {
    port: address.port,
    taken: () => sockets.size,
    swallow() {
      swallowing = true;
      for (const socket of sockets) swallowed.add(socket);
    },
    /** For connections that are made from now on. */
    heal() {
      swallowing = false;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      relay.close();
      await once(relay, "close");
    },
  };
}
