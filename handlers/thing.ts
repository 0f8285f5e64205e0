import { handlers } from "../generated/server/handlers.js";

export default handlers.thing({
  on: {
    updated({ user_id }, { log, at }) {
      log.info({ user: user_id, at }, "the thing has new contents");
    },
  },
});
