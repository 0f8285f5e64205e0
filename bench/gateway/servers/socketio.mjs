import { createServer } from "node:http";
import { createClient } from "redis";
import { Server } from "socket.io";
import { report } from "./control.mjs";

const http = createServer();
const io = new Server(http, { transports: ["websocket"], perMessageDeflate: false });
const redis = createClient({ url: process.env.REDIS_URL });
await redis.connect();
await redis.subscribe("news", (message) => {
  io.emit("posted", JSON.parse(message).d);
});
http.listen(0, "127.0.0.1", () => report(http.address().port));
