import { channel } from "signalbox";
import { z } from "zod";

// A field whose name is a method of every ActiveRecord model.
export const archive = channel("archive", {
  access: "public",
  delivery: "ephemeral",
  events: { removed: z.object({ name: z.string(), destroy: z.boolean().optional() }) },
});
