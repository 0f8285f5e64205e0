import { handlers } from "../generated/server/handlers.js";

export default handlers.trades({
  on: {
    async trade({ price, quantity }, { params, publish }) {
      const candle = { open: price, high: price, low: price, close: price, volume: quantity, closed: false };
      await publish.candles({ symbol: params.symbol, interval: "1m" }).candle(candle);
    },
  },
});
