import { createClient } from "redis";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { rails } from "../support/rails.js";
import { type RedisServer, startRedis } from "../support/redis.js";

let redis: RedisServer;

beforeAll(async () => {
  redis = await startRedis();
});

afterAll(async () => {
  await redis?.stop();
});

const env = () => ({ ...process.env, RAILS_ENV: "development", REDIS_URL: redis.url });

describe("the generated module inside Rails", () => {
  it("is found by Zeitwerk, as Rails wants it", async () => {
    const ran = await rails(["zeitwerk:check"], env());

    expect(ran).toMatchObject({ status: 0, stdout: expect.stringContaining("All is good!") });
  });

  it("raises with the field's path where the contract is broken, and sends nothing", async () => {
    const client = await createClient({ url: redis.url }).connect();
    const heard: string[] = [];
    await client.pSubscribe("*", (message) => heard.push(message));

    const code = `
      def attempt
        yield
        puts "published"
      rescue Signalbox::ContractViolation => error
        puts error.message
      end

      attempt { Events.publish "thing", { user_id: "ten", contents: "x" } }
      attempt { Events.publish "thing", { user_id: 1 } }
      attempt { Events::Room.message_posted(room_id: 1, id: "1", author: "Ada", body: "", posted_at: Time.now) }
      attempt { Events::Room.typing(room_id: 1, author: "Ada") }
    `;
    const ran = await rails(["runner", code], env());

    expect(ran.status, ran.stderr).toBe(0);
    expect(ran.stdout.trim().split("\n")).toEqual([
      expect.stringMatching(/thing updated: user_id: /),
      expect.stringMatching(/thing updated: contents: /),
      expect.stringMatching(/room:\{roomId\} messagePosted: body: /),
      "published",
    ]);
    await vi.waitUntil(() => heard.length > 0);
    expect(heard).toHaveLength(1);
    expect(JSON.parse(heard[0] ?? "")).toMatchObject({ sb: 1, e: "typing", d: { author: "Ada" } });
    await client.close();
  });
});
