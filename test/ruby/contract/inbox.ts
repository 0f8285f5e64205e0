import { channel } from "signalbox";
import { z } from "zod";

export const inbox = channel("inbox:{userId}", {
  params: { userId: z.int() },
  perUser: "userId",
  access: "session",
  delivery: "ephemeral",
  events: {
    notified: z.object({
      title: z.string().min(1),
      level: z.enum(["info", "warning"]).default("info"),
      url: z.string().optional().describe("Where it leads."),
    }),
  },
});
