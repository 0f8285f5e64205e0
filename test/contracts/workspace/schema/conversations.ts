import { channel } from "signalbox";
import { z } from "zod";
import { User, UserId } from "./users.js";

const MessageId = z
  .string()
  .regex(/^\d{10}\.\d{6}$/)
  .describe("Seconds and microseconds: unique in its conversation.");

const Text = z.object({
  type: z.literal("text"),
  text: z.string().max(4_000),
  style: z.array(z.enum(["bold", "italic", "code", "strike"])).default([]),
});
const Mention = z.object({ type: z.literal("mention"), userId: UserId });
const Link = z.object({
  type: z.literal("link"),
  url: z.string().max(2_000),
  title: z.string().max(300).optional(),
});
export const Inline = z.discriminatedUnion("type", [Text, Mention, Link]).meta({ id: "Inline" });

export const Paragraph = z.object({ type: z.literal("paragraph"), children: z.array(Inline) });
export const CodeBlock = z.object({
  type: z.literal("code"),
  language: z.string().max(30).nullable(),
  source: z.string().max(12_000),
});
export const Block = z.discriminatedUnion("type", [Paragraph, CodeBlock]);

export interface QuoteShape {
  from: string;
  code: { type: "code"; language: string | null; source: string }[];
  quotes: QuoteShape[];
}
export const Quote: z.ZodType<QuoteShape, QuoteShape> = z.object({
  from: UserId,
  code: z.array(CodeBlock).max(10),
  get quotes() {
    return z.array(Quote).max(50);
  },
});

export const Attachment = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("image"),
    url: z.string(),
    width: z.int().min(1),
    height: z.int().min(1),
    alt: z.string().default(""),
  }),
  z.object({ kind: z.literal("file"), url: z.string(), name: z.string().max(255), bytes: z.int().min(0) }),
]);

export const Message = z
  .object({
    id: MessageId,
    author: User,
    blocks: z.array(Block).max(100),
    quoted: Quote.optional(),
    attachments: z.array(Attachment).max(10).default([]),
    reactions: z.record(z.string().max(40), z.array(UserId).max(1_000)).default({}),
    threadId: MessageId.nullable().describe("The message that this one answers; null where it stands alone."),
    editedAt: z.iso.datetime().nullish(),
    metadata: z.json().optional().describe("What an integration wants to find again."),
  })
  .meta({ title: "Message", description: "One message in a conversation." });

export const Draft = z.object({
  blocks: z.array(Block).min(1).max(100),
  threadId: MessageId.nullish(),
  clientId: z.uuid().describe("Made by the client, so that a repeated send is one message."),
});

export const conversation = channel("conversation:{conversationId}", {
  params: { conversationId: z.uuid() },
  access: "custom",
  delivery: "durable",
  history: { limit: 200, ttl: 3_600 },
  presence: z.object({ user: User, typing: z.boolean() }),
  description: "A channel or a direct conversation.",
  events: {
    "message.posted": Message,
    "message.edited": Message,
    "message.deleted": z.object({ id: MessageId }),
    "reaction.changed": z.object({
      id: MessageId,
      emoji: z.string().max(40),
      by: UserId,
      added: z.boolean(),
    }),
    typing: z.object({ userId: UserId, threadId: MessageId.nullable() }),
    topicChanged: z.object({ topic: z.string().max(250), by: UserId }),
  },
  commands: {
    postMessage: { input: Draft, output: Message },
    react: { input: z.object({ id: MessageId, emoji: z.string().max(40), add: z.boolean().default(true) }) },
    startTyping: { input: z.object({ threadId: MessageId.nullable() }) },
  },
});
