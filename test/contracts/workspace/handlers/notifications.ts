import { handlers } from "../generated/server/handlers.js";

export default handlers.notifications({
  on: {
    unreadChanged({ counts }, { log }) {
      log.debug({ conversations: Object.keys(counts).length }, "unread counts have changed");
    },
  },
  commands: { markRead: () => undefined },
});
