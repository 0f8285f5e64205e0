import { channel } from "signalbox";
import { createLog, defineGateway, startGateway } from "signalbox/gateway";
import { z } from "zod";
import { report } from "./control.mjs";

const news = channel("news", {
  access: "public",
  delivery: "ephemeral",
  events: {
    posted: z.object({
      id: z.int(),
      author: z.string(),
      body: z.string().max(2_000),
      tags: z.array(z.string()),
    }),
  },
});

const gateway = await startGateway(
  {
    kind: "server",
    fingerprint: "000000000000",
    zodVersion: "4.6.7",
    gateway: defineGateway({ origins: ["https://bench.example"], identify: () => null }),
    channels: [
      { name: "news", identifier: "news", channel: news, events: { posted: "0123456789ab" }, handlers: null },
    ],
  },
  {
    mode: "production",
    host: "127.0.0.1",
    port: 0,
    broker: { kind: "redis", url: process.env.REDIS_URL ?? "", prefix: "" },
    readSession: () => ({ ok: false, reason: "missing" }),
    metricsKey: null,
    log: createLog("warn"),
  },
);
report(gateway.port);
