import { randomUUID } from "node:crypto";
import { RealtimeError } from "signalbox/gateway";
import { handlers, type User } from "../generated/server/handlers.js";

/** The contract has a public channel, so somebody may be connected whom nobody knows; `authorize` keeps them out. */
function known(user: User | null): User {
  if (user === null) throw new RealtimeError("forbidden", "Sign in to take part.");
  return user;
}

export default handlers.room({
  authorize: (ctx) => ctx.user !== null,
  commands: {
    async startTyping(ctx, _input, { roomId }) {
      await ctx.publish.room({ roomId }).typing({ author: known(ctx.user).name });
    },
    async postMessage(ctx, { body }, { roomId }) {
      const message = {
        id: randomUUID(),
        author: known(ctx.user).name,
        body,
        postedAt: new Date().toISOString(),
      };
      await ctx.publish.room({ roomId }).messagePosted(message);
      ctx.state.messages += 1;
      return message;
    },
  },
});
