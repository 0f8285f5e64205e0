import { handlers } from "../generated/server/handlers.js";

export default handlers.orders({
  commands: {
    async place(ctx, order, { accountId }) {
      ctx.state.lastOrder += 1;
      const placed = {
        id: ctx.state.lastOrder,
        clientOrderId: order.clientOrderId,
        status: "new",
        filled: "0",
        averagePrice: order.type === "limit" ? order.price : null,
      } as const;
      await ctx.publish.orders({ accountId })["order.updated"](placed);
      return placed;
    },
    cancel: (ctx, { id }) => ({
      id,
      clientOrderId: `${ctx.user.id}`,
      status: "cancelled",
      filled: "0",
      averagePrice: null,
    }),
    cancelAll: () => ({ cancelled: [] }),
  },
});
