import { channel } from "signalbox";
import { z } from "zod";

export const Message = z
  .object({
    id: z.string().min(1).max(64).describe("Unique in the room."),
    author: z.string().min(1).max(80).describe("Who wrote it, as shown."),
    body: z.string().min(1).max(2_000),
    postedAt: z.iso.datetime().describe("When the gateway took it, in UTC."),
  })
  .describe("A message that everybody in the room sees.");

export const Draft = z
  .object({ body: z.string().trim().min(1).max(2_000) })
  .describe("What somebody wants to say.");

export const room = channel("room:{roomId}", {
  params: { roomId: z.int().min(1) },
  access: "custom",
  delivery: "ephemeral",
  description: "A chat room.",
  events: {
    messagePosted: Message,
    typing: z.object({ author: z.string().min(1).max(80) }).describe("Somebody is writing."),
  },
  commands: {
    startTyping: { input: z.object({}) },
    postMessage: { input: Draft, output: Message },
  },
});
