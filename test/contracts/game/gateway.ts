import { defineGateway, session } from "signalbox/gateway";
import { z } from "zod";

export default defineGateway({ origins: ["https://game.example"], identify: session("user_id", z.int()) });
