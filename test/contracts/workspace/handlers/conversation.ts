import { handlers } from "../generated/server/handlers.js";

export default handlers.conversation({
  authorize: async () => true,
  commands: {
    async postMessage(ctx, draft, { conversationId }) {
      const author = { id: ctx.user.id, displayName: "Ada", avatar: null, role: "member" } as const;
      const message = {
        id: "1764000000.000001",
        author,
        blocks: draft.blocks,
        threadId: draft.threadId ?? null,
      };
      await ctx.publish.conversation({ conversationId })["message.posted"](message);
      return message;
    },
    async react(ctx, { id, emoji, add }, { conversationId }) {
      const by = ctx.user.id;
      await ctx.publish.conversation({ conversationId })["reaction.changed"]({ id, emoji, by, added: add });
    },
    async startTyping(ctx, { threadId }, { conversationId }) {
      await ctx.publish.conversation({ conversationId }).typing({ userId: ctx.user.id, threadId });
    },
  },
});
