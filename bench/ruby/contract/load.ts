import { channel } from "signalbox";
import { z } from "zod";

// A flat payload, a nested one and a union, of the size that products publish.
export const load = channel("load:{load}", {
  params: { load: z.int().min(1) },
  access: "public",
  delivery: "ephemeral",
  events: {
    flat: z.object({
      id: z.uuid(),
      userId: z.int(),
      title: z.string().min(1).max(200),
      at: z.iso.datetime(),
    }),
    nested: z.object({
      orderId: z.uuid(),
      status: z.enum(["open", "paid", "shipped"]),
      email: z.email(),
      tags: z.array(z.string().max(40)),
      items: z.array(
        z.object({ sku: z.string(), name: z.string(), quantity: z.int().min(1), price: z.number() }),
      ),
    }),
    union: z.discriminatedUnion("kind", [
      z.object({
        kind: z.literal("message"),
        roomId: z.int(),
        author: z.string(),
        body: z.string().max(2_000),
      }),
      z.object({ kind: z.literal("typing"), roomId: z.int(), author: z.string() }),
    ]),
  },
});
