import { channel } from "signalbox";
import { z } from "zod";

// Named after a method of Ruby's Array, with names that Ruby has a use for and names that make no keyword.
export const map = channel("map:{kind}:{slug}", {
  params: { kind: z.enum(["city", "river"]), slug: z.string().min(1) },
  access: "public",
  delivery: "ephemeral",
  events: {
    moved: z.array(z.number()).length(2),
    name: z.object({
      class: z.string(),
      if: z.int().optional(),
      "foo-bar": z.boolean().optional(),
      "1st": z.string().optional(),
    }),
  },
});
