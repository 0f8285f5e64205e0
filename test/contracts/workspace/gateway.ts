import { defineGateway, session } from "signalbox/gateway";
import { z } from "zod";

export default defineGateway({
  origins: ["https://workspace.example"],
  identify: session("user_id", z.uuid()),
});
