// @ts-check
import * as z from "zod";

/** The three shapes that are measured: flat, nested, and one of several. */
export const payloads = {
  flat: {
    schema: z.object({
      id: z.uuid(),
      user_id: z.int().min(1),
      body: z.string().min(1).max(2_000),
      posted_at: z.iso.datetime(),
    }),
    value: {
      id: "123e4567-e89b-12d3-a456-426614174000",
      user_id: 42,
      body: "sixty characters of text, as a short chat message would have",
      posted_at: "2026-01-02T03:04:05.678Z",
    },
  },
  nested: {
    schema: z.object({
      id: z.int().min(1),
      status: z.enum(["open", "paid", "sent"]),
      customer: z.object({ name: z.string().min(1).max(80), email: z.email() }),
      tags: z.array(z.string().max(20)).max(10),
      items: z
        .array(
          z.object({ sku: z.string().min(1).max(20), quantity: z.int().min(1), price: z.number().min(0) }),
        )
        .min(1),
      note: z.string().max(200).optional(),
    }),
    value: {
      id: 9_001,
      status: "paid",
      customer: { name: "Ada Lovelace", email: "ada@example.com" },
      tags: ["new", "gift", "express"],
      items: Array.from({ length: 5 }, (_, index) => ({
        sku: `SKU-${1000 + index}`,
        quantity: index + 1,
        price: 9.99 + index,
      })),
    },
  },
  union: {
    schema: z.discriminatedUnion("type", [
      z.object({ type: z.literal("typing"), author: z.string().min(1).max(80) }),
      z.object({
        type: z.literal("message"),
        id: z.string().min(1).max(64),
        author: z.string().min(1).max(80),
        body: z.string().min(1).max(2_000),
        at: z.iso.datetime(),
      }),
      z.object({ type: z.literal("left"), author: z.string().min(1).max(80), reason: z.string().nullable() }),
    ]),
    value: {
      type: "message",
      id: "01HXYZ0000000000000000000A",
      author: "Ada Lovelace",
      body: "Has anybody seen the signal at the junction turn green today?",
      at: "2026-01-02T03:04:05Z",
    },
  },
};
