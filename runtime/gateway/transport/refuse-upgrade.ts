import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";

/** Answers an upgrade with an HTTP status and hangs up. Says nothing else: whoever asks may be anybody. */
export function refuseUpgrade(socket: Duplex, status: number): void {
  socket.on("error", () => socket.destroy());
  const phrase = STATUS_CODES[status] ?? "";
  socket.once("finish", () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status} ${phrase}\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: ${phrase.length}\r\n\r\n${phrase}`,
  );
}
