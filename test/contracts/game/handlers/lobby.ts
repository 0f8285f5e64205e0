import { handlers } from "../generated/server/handlers.js";

export default handlers.lobby({
  commands: {
    join: (_ctx, { party }) => ({ position: party.length + 1 }),
    leave() {},
  },
});
