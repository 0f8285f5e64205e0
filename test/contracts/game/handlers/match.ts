import { handlers } from "../generated/server/handlers.js";

export default handlers.match({
  authorize: (_ctx, { region }) => region !== "ap",
  commands: {
    async move(ctx, { seq, direction, jump }, params) {
      const position = { x: direction.x, y: direction.y, z: jump ? 1 : direction.z };
      await ctx.publish.match(params).tick({
        n: seq,
        removed: [],
        entities: [
          { kind: "player", id: ctx.user.id, position, heading: 0, name: "Ada", health: 100, team: "red" },
        ],
      });
    },
    fire: (_ctx, { weapon }) => ({ hit: null, damage: weapon === "bow" ? 10 : 0 }),
    say: (ctx, text) => ctx.log.debug({ length: text.length }, "somebody spoke"),
  },
});
