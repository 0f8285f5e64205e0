import { channel } from "signalbox";
import { z } from "zod";

export const UserId = z.uuid().describe("A member of the workspace.");

export const User = z
  .object({
    id: UserId,
    displayName: z.string().min(1).max(80),
    avatar: z.string().max(500).nullable().describe("Path of the picture; null where there is none."),
    status: z
      .object({ emoji: z.string().max(40), text: z.string().max(100), until: z.iso.datetime().nullable() })
      .nullish(),
    role: z.enum(["owner", "admin", "member", "guest"]),
  })
  .describe("Somebody in the workspace, as others see them.");

export const workspace = channel("workspace:{workspaceId}", {
  params: { workspaceId: z.uuid() },
  access: "custom",
  delivery: "ephemeral",
  description: "What concerns everybody in a workspace.",
  events: {
    "user.changed": User,
    "user.left": z.object({ userId: UserId }),
    "emoji.added": z.object({ name: z.string().regex(/^[a-z0-9_+-]{1,40}$/), url: z.string().max(2_000) }),
  },
  commands: {
    setStatus: {
      input: z.object({
        emoji: z.string().max(40),
        text: z.string().trim().max(100),
        minutes: z.int().min(1).max(1_440).optional(),
      }),
    },
  },
});

export const notifications = channel("notifications:{userId}", {
  params: { userId: UserId },
  perUser: "userId",
  access: "session",
  delivery: "durable",
  history: { limit: 500, ttl: 86_400 },
  description: "Mentions, direct messages and reminders of one user.",
  events: {
    mentioned: z.object({
      conversationId: z.uuid(),
      messageId: z.string().regex(/^\d{10}\.\d{6}$/),
      by: User,
      excerpt: z.string().max(200),
    }),
    unreadChanged: z.object({
      counts: z.record(z.uuid(), z.int().min(0)).describe("Unread messages by conversation."),
    }),
  },
  commands: { markRead: { input: z.object({ conversationId: z.uuid(), upTo: z.string() }) } },
});
