import { channel } from "signalbox";
import { z } from "zod";

// Objects that take nothing else, which zod refuses rather than drops.
export const closed = channel("closed", {
  access: "public",
  delivery: "ephemeral",
  events: {
    changed: z.strictObject({ title: z.string(), rows: z.array(z.strictObject({ name: z.string() })) }),
  },
});
