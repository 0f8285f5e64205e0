import { defineGateway, session } from "signalbox/gateway";
import { z } from "zod";

export default defineGateway({
  origins: ["https://trade.example"],
  identify: session("account_id", z.int()),
  connect: () => ({ lastOrder: 0 }),
});
