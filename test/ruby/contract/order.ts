import { channel } from "signalbox";
import { z } from "zod";

// The parameter is a field as well.
export const order = channel("order:{orderId}", {
  params: { orderId: z.uuid() },
  access: "public",
  delivery: "ephemeral",
  events: { paid: z.object({ orderId: z.uuid(), total: z.int() }) },
});
