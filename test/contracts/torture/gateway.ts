import { defineGateway, session } from "signalbox/gateway";

export default defineGateway({ origins: [], identify: session("user_id") });
