import { channel } from "signalbox";
import { z } from "zod";

export const thing = channel("thing", {
  access: "public",
  delivery: "ephemeral",
  events: { updated: z.object({ user_id: z.int(), contents: z.string() }) },
});
