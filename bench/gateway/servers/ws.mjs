import { createClient } from "redis";
import { WebSocket, WebSocketServer } from "ws";
import { report } from "./control.mjs";

const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
const redis = createClient({ url: process.env.REDIS_URL });
await redis.connect();
await redis.subscribe("news", (message) => {
  for (const socket of server.clients) if (socket.readyState === WebSocket.OPEN) socket.send(message);
});
report(server.address().port);
