import { channel } from "signalbox";
import { z } from "zod";

export const Message = z
  .object({
    id: z.string().min(1).describe("Unique in the room."),
    author: z.string().min(1),
    body: z.string().min(1),
    postedAt: z.iso.datetime(),
  })
  .describe("A message that everybody in the room sees.");

export const room = channel("room:{roomId}", {
  params: { roomId: z.int().min(1) },
  access: "custom",
  delivery: "ephemeral",
  description: "A chat room.",
  events: { messagePosted: Message, typing: z.object({ author: z.string().min(1) }) },
});
