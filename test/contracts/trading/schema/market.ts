import { channel } from "signalbox";
import { z } from "zod";

export const Symbol_ = z
  .string()
  .regex(/^[A-Z]{1,6}(-[A-Z]{3,4})?$/)
  .meta({ id: "Ticker", description: "AAPL, BTC-USD." });

/** Money is text on the wire: a double would round it. */
export const Price = z
  .string()
  .regex(/^\d{1,12}(\.\d{1,8})?$/)
  .describe("A decimal number as text, unrounded.");
export const Quantity = Price.describe("How many, as text.");

export const Level = z.tuple([Price, Quantity]).describe("Price and quantity.");

export const Book = z.object({
  sequence: z.int().min(0).describe("One more than that of the update before."),
  bids: z.array(Level).max(1_000),
  asks: z.array(Level).max(1_000),
});

export const Trade = z.object({
  id: z.int().min(1),
  price: Price,
  quantity: Quantity,
  side: z.enum(["buy", "sell"]),
  at: z.iso.datetime({ precision: 3 }),
  conditions: z.array(z.string().length(1)).optional(),
});

export const Candle = z.object({
  open: Price,
  high: Price,
  low: Price,
  close: Price,
  volume: Quantity,
  closed: z.boolean(),
});

export const book = channel("book:{symbol}", {
  params: { symbol: z.string().regex(/^[A-Z-]+$/) },
  access: "public",
  delivery: "latest",
  description: "The order book of one symbol.",
  events: { snapshot: Book, delta: Book },
});

export const trades = channel("trades:{symbol}", {
  params: { symbol: z.string().regex(/^[A-Z-]+$/) },
  access: "public",
  delivery: "durable",
  history: { limit: 1_000, ttl: 600 },
  events: {
    trade: Trade,
    halted: z.object({ reason: z.string().max(200), resumesAt: z.iso.datetime().nullable() }),
  },
});

export const candles = channel("candles:{symbol}:{interval}", {
  params: { symbol: z.string(), interval: z.enum(["1m", "5m", "1h", "1d"]) },
  access: "public",
  delivery: "latest",
  events: { candle: Candle },
});

export const indices = channel("indices", {
  access: "public",
  delivery: "latest",
  events: {
    levels: z.record(z.string().regex(/^[A-Z]+$/), z.number()),
    moved: z.array(z.tuple([z.string(), z.number().multipleOf(0.01)])),
  },
});
