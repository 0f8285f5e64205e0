import { channel } from "signalbox";
import { z } from "zod";
import { Price, Quantity, Symbol_ } from "./market.js";

const base = { clientOrderId: z.uuid(), symbol: Symbol_, side: z.enum(["buy", "sell"]), quantity: Quantity };

export const Market = z.strictObject({ type: z.literal("market"), ...base });
export const Limit = z.strictObject({
  type: z.literal("limit"),
  ...base,
  price: Price,
  timeInForce: z.enum(["day", "gtc", "ioc", "fok"]),
});
export const Stop = z.strictObject({ type: z.literal("stop"), ...base, stopPrice: Price });
export const NewOrder = z
  .discriminatedUnion("type", [Market, Limit, Stop])
  .describe("An order as it is placed.");

export const Order = z.object({
  id: z.int().min(1),
  clientOrderId: z.uuid(),
  status: z.enum(["new", "partiallyFilled", "filled", "cancelled", "rejected"]),
  filled: Quantity,
  averagePrice: Price.nullable(),
  rejection: z.object({ code: z.int(), text: z.string() }).optional(),
});

export const orders = channel("orders:{accountId}", {
  params: { accountId: z.int().min(1) },
  perUser: "accountId",
  access: "session",
  delivery: "durable",
  history: { limit: 10_000, ttl: 86_400 },
  events: {
    "order.updated": Order,
    "account.margin": z.object({ available: Price, used: Price, level: z.number().min(0) }),
  },
  commands: {
    place: { input: NewOrder, output: Order },
    cancel: { input: z.object({ id: z.int().min(1) }), output: Order },
    cancelAll: {
      input: z.object({ symbol: Symbol_.optional() }),
      output: z.object({ cancelled: z.array(z.int()) }),
    },
  },
});
