import { channel, wire } from "signalbox";
import { z } from "zod";

const Address = z.object({ street: z.string(), zipCode: z.string() });

const Box = z.object({
  label: z.string(),
  get boxes() {
    return z.array(Box).optional();
  },
});

// Objects in objects, in lists and in a discriminated union; a payload that holds itself; a parameter that is no field.
export const parcel = channel("parcel:{parcelId}", {
  params: { parcelId: z.int() },
  access: "public",
  delivery: "ephemeral",
  events: {
    sent: z.object({
      address: Address,
      stops: z.array(Address).optional(),
      payment: z
        .discriminatedUnion("kind", [
          z.object({ kind: z.literal("card"), cardName: z.string() }),
          z.object({ kind: z.literal("cash"), amount: wire.decimal({ precision: 10, scale: 2 }) }),
        ])
        .optional(),
    }),
    lost: z.object({ reason: z.string() }),
    moved: z.object({ parcelId: z.int(), reason: z.string() }),
    packed: Box,
  },
});
