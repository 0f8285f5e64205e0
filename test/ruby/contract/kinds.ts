import { channel, wire } from "signalbox";
import { z } from "zod";

// One field for each kind of value that Ruby converts.
export const kinds = channel("kinds", {
  access: "public",
  delivery: "ephemeral",
  events: {
    sent: z
      .object({
        text: z.string(),
        at: z.iso.datetime(),
        day: z.iso.date(),
        duration: z.iso.duration(),
        count: z.int(),
        ratio: z.number(),
        level: z.enum(["low", "high"]),
        tags: z.array(z.string()),
        inside: z.object({ deepName: z.string() }),
        open: z.looseObject({ deepName: z.string() }),
        scores: z.record(z.string(), z.int()),
        anything: z.unknown(),
        price: wire.decimal({ precision: 10, scale: 2 }),
        big: wire.bigint(),
        link: wire.url(),
      })
      .partial(),
  },
});
