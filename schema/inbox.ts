import { channel } from "signalbox";
import { z } from "zod";

export const inbox = channel("inbox:{userId}", {
  params: { userId: z.int().min(1) },
  perUser: "userId",
  access: "session",
  delivery: "ephemeral",
  description: "What concerns one user; nobody else can subscribe to it.",
  events: {
    notified: z.object({
      title: z.string().min(1).max(200),
      level: z.enum(["info", "warning"]).default("info"),
      url: z.string().max(2_000).optional().describe("Where it leads."),
    }),
  },
});
