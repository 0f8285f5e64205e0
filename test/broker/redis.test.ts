import { afterAll, beforeAll, expect, test } from "vitest";
import type { BrokerListener } from "../../runtime/broker/broker.js";
import { redisGlob } from "../../runtime/broker/glob.js";
import { RedisBroker } from "../../runtime/broker/redis.js";
import { type RedisServer, startRedis } from "../support/redis.js";

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

/** A broker on Redis, and what it heard. */
async function listening(prefix: string) {
  const broker = new RedisBroker({ url: redis.url, prefix });
  const heard: string[] = [];
  const states: boolean[] = [];
  const listener: BrokerListener = {
    message: (channel, bytes) => heard.push(`${channel} ${Buffer.from(bytes)}`),
    state: (up) => states.push(up),
    fault: () => {},
  };
  await broker.start(listener);
  return { broker, heard, states };
}

test("text that Redis would take for a glob stands for itself", () => {
  const pieces = ["a[b]:", null, "?\\*", null, ""];
  expect(redisGlob("p*:", { pieces, matches: () => true })).toBe("p\\*:a\\[b\\]:*\\?\\\\\\**");
});

test("a pattern takes exactly the channels that match, under its prefix", async () => {
  const prefix = "a[b]?*\\:";
  const { broker, heard } = await listening(prefix);
  const pattern = { pieces: ["room:", null, ""], matches: (name: string) => /^room:[0-9]+$/.test(name) };
  await broker.subscribePattern(pattern);
  await broker.subscribe("end");
  for (const name of ["room:1", "room:x", "room:1:2", "rooms:1", "room:22"])
    await redis.publish(prefix + name, "m");
  for (const other of ["ab:", "abx\\:", ""]) await redis.publish(`${other}room:1`, "foreign");
  await broker.publish("room:3", "from here");
  await redis.publish(`${prefix}end`, "");
  await expect.poll(() => heard.at(-1)).toBe("end ");
  expect(heard).toEqual(["room:1 m", "room:22 m", "room:3 from here", "end "]);
  await broker.close();
});

test("after a lost connection it is subscribed to what is needed then, and nothing else", async () => {
  const { broker, heard, states } = await listening("");
  await broker.subscribe("kept");
  await broker.subscribe("left");
  await broker.subscribePattern({ pieces: ["p:", null, ""], matches: (name) => name.startsWith("p:") });
  await redis.kill();
  await expect.poll(() => states).toEqual([true, false]);
  expect(broker.up).toBe(false);
  await broker.unsubscribe("left");
  await expect(broker.subscribe("new")).rejects.toThrow("Redis is not connected");
  await expect(broker.publish("kept", "m")).rejects.toThrow("Redis is not connected");
  await redis.start();
  await expect.poll(() => states).toEqual([true, false, true]);
  expect(await redis.channels()).toEqual(["kept"]);
  await redis.publish("p:1", "m");
  await redis.publish("kept", "m");
  await expect.poll(() => heard).toEqual(["p:1 m", "kept m"]);
  await broker.close();
});

test("a closed broker is silent and does not come back", async () => {
  const { broker, heard, states } = await listening("");
  await broker.subscribe("quiet");
  await broker.close();
  await expect.poll(() => redis.channels()).toEqual([]);
  await redis.kill();
  await redis.start();
  expect(await redis.publish("quiet", "m")).toBe(0);
  expect([heard, states]).toEqual([[], [true]]);
});
