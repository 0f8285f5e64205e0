import { handlers } from "../generated/server/handlers.js";

export default handlers.workspace({
  authorize: (ctx, { workspaceId }) => workspaceId !== "" && ctx.user.id !== "",
  commands: {
    async setStatus(ctx, { emoji, text, minutes = 60 }, { workspaceId }) {
      const until = new Date(Date.now() + minutes * 60_000).toISOString();
      await ctx.publish.workspace({ workspaceId })["user.changed"]({
        id: ctx.user.id,
        displayName: "Ada",
        avatar: null,
        role: "member",
        status: { emoji, text, until },
      });
    },
  },
});
