import { channel } from "signalbox";
import { z } from "zod";

/** The channel of the article that this project began with. */
export const thing = channel("thing", {
  access: "public",
  delivery: "ephemeral",
  description: "Something that a user has changed.",
  events: {
    updated: z
      .object({
        user_id: z.int().describe("Who changed it."),
        contents: z.string().max(10_000).describe("What it says now."),
      })
      .describe("The thing has new contents."),
  },
});
