/** Every kind of channel, and names that mean something else in one of the languages. */
import { channel } from "signalbox";
import { z } from "zod";

export const time = channel("time", {
  access: "public",
  delivery: "latest",
  events: {
    tick: z.object({ class: z.string(), def: z.int(), new: z.boolean(), at: z.string(), to: z.string() }),
  },
});

export const map = channel("map:{zone}:{tile}:{layer}:{key}", {
  params: {
    zone: z.string().min(1),
    tile: z.int().min(0),
    layer: z.enum(["ground", "air"]),
    key: z.uuid().describe("Which map."),
  },
  access: "custom",
  delivery: "durable",
  history: { limit: 100, ttl: 60 },
  presence: z.object({ name: z.string() }),
  deprecated: "use time",
  events: { "tile.changed": z.object({ value: z.int() }), class: z.object({ end: z.string() }) },
  commands: {
    new: {
      input: z.object({ value: z.int().default(1) }),
      output: z.object({ id: z.int(), tags: z.array(z.string()).default([]) }),
    },
    delete: { input: z.object({}) },
  },
});

export const mine = channel("delete:{userId}", {
  params: { userId: z.string() },
  perUser: "userId",
  access: "session",
  delivery: "ephemeral",
  events: { done: z.object({ ok: z.boolean() }).meta({ id: "Promise", title: "Done" }) },
});

export const signed = channel("docs.page:{id}", {
  params: { id: z.int() },
  access: "signed",
  delivery: "ephemeral",
  commands: { ping: { input: z.string(), output: z.int() } },
});
