import { handlers } from "../generated/server/handlers.js";

export default handlers.map({
  authorize: async (ctx, { zone, tile, layer, key }) =>
    ctx.user !== null && zone !== "" && tile >= 0 && layer === "ground" && key.length > 0,
  on: {
    "tile.changed"({ value }, { params }) {
      value.toFixed(params.tile);
    },
  },
  commands: {
    new: (_ctx, { value }) => ({ id: value }),
    delete: () => undefined,
  },
});
