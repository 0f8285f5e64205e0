// Holds plain sockets and counts whole frames: so little that it does not slow the server down.
import { once } from "node:events";
import { connect } from "node:net";

const KEY = "AAAAAAAAAAAAAAAAAAAAAA==";
/** Events are longer than whatever else a server says. */
const SHORTEST_EVENT = 200;

const [port, connections, path, hello] = process.argv.slice(2);
let received = 0;
let target = Number.POSITIVE_INFINITY;

function counted() {
  received += 1;
  if (received === target) process.send?.({ received });
}

/** Reads frames across chunks; keeps no payload. */
function frameCounter() {
  let header = Buffer.alloc(0);
  let skip = 0;
  return (chunk) => {
    let rest = chunk;
    for (;;) {
      if (skip > 0) {
        const taken = Math.min(skip, rest.length);
        skip -= taken;
        rest = rest.subarray(taken);
        if (skip > 0) return;
      }
      if (rest.length === 0) return;
      const bytes = header.length > 0 ? Buffer.concat([header, rest]) : rest;
      const short = bytes.length > 1 ? bytes[1] : undefined;
      const size = short === undefined || short < 126 ? 2 : short === 126 ? 4 : 10;
      if (bytes.length < size) {
        header = bytes;
        return;
      }
      header = Buffer.alloc(0);
      const length =
        size === 2 ? short : size === 4 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
      if (length >= SHORTEST_EVENT) counted();
      skip = length;
      rest = bytes.subarray(size);
      if (skip === 0 && rest.length === 0) return;
    }
  };
}

/** A client's text frame, masked with zeros. */
function textFrame(text) {
  const payload = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload]);
}

async function open() {
  const socket = connect(Number(port), "127.0.0.1");
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: bench\r\nOrigin: https://bench.example\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${KEY}\r\n\r\n`,
  );
  let head = "";
  while (!head.includes("\r\n\r\n")) head += (await once(socket, "data"))[0].toString("latin1");
  if (!head.startsWith("HTTP/1.1 101")) throw new Error(head);
  const count = frameCounter();
  count(Buffer.from(head.slice(head.indexOf("\r\n\r\n") + 4), "latin1"));
  socket.on("data", count);
  if (hello) socket.write(textFrame(hello));
}

for (let index = 0; index < Number(connections); index += 1) await open();
process.on("message", ({ expect }) => {
  received = 0;
  target = expect;
  process.send?.({ counting: true });
});
process.on("disconnect", () => process.exit(0));
process.send?.({ open: true });
