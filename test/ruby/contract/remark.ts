import { channel } from "signalbox";
import { z } from "zod";

// Payloads that are a text, and nothing.
export const remark = channel("remark", {
  access: "public",
  delivery: "ephemeral",
  events: { made: z.string().min(1), cleared: z.null() },
});
