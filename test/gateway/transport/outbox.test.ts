import { once } from "node:events";
import { Duplex } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { Flusher } from "../../../runtime/gateway/transport/flusher.js";
import { textFrame } from "../../../runtime/gateway/transport/frame.js";
import { Outbox } from "../../../runtime/gateway/transport/outbox.js";

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A socket that counts writes, and gets rid of them only when it is told to. */
class CountingSocket extends Duplex {
  readonly writes: Buffer[] = [];
  blocked = false;
  #release: (() => void) | null = null;

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.writes.push(chunk);
    if (this.blocked) this.#release = done;
    else done();
  }

  override _read(): void {}

  release(): void {
    this.blocked = false;
    this.#release?.();
  }
}

function outboxOn(
  socket: Duplex,
  flusher = new Flusher(),
  limit = 1_000,
): { outbox: Outbox; overflows(): number } {
  let overflows = 0;
  const outbox = new Outbox(socket, flusher, limit, () => {
    overflows += 1;
  });
  return { outbox, overflows: () => overflows };
}

describe("an outbox", () => {
  test("writes the frames of one turn at once, in order, whether they came before or after I/O", async () => {
    const socket = new CountingSocket();
    const { outbox } = outboxOn(socket);
    for (const text of ["a", "b", "c"]) outbox.send(textFrame(text));
    await Promise.resolve().then(() => outbox.send(textFrame("d")));
    process.nextTick(() => outbox.send(textFrame("e")));
    await turn();
    expect(socket.writes).toEqual([Buffer.concat(["a", "b", "c", "d", "e"].map(textFrame))]);
    outbox.send(textFrame("f"));
    await turn();
    expect(socket.writes).toHaveLength(2);
  });

  test("gives sockets that wait for the same frames the very same bytes, and others their own", async () => {
    const flusher = new Flusher();
    const [one, two, three] = [new CountingSocket(), new CountingSocket(), new CountingSocket()];
    const [first, second, third] = [one, two, three].map((socket) => outboxOn(socket, flusher).outbox);
    const frames = ["a", "b"].map(textFrame);
    for (const frame of frames) for (const outbox of [first, second, third]) outbox?.send(frame);
    third?.send(textFrame("for three alone"));
    await turn();
    expect(one.writes[0]).toBe(two.writes[0]);
    expect(three.writes).toEqual([Buffer.concat([...frames, textFrame("for three alone")])]);
    expect(two.writes).toEqual([Buffer.concat(frames)]);
  });

  test("does not hold back a lot", () => {
    const socket = new CountingSocket();
    const { outbox } = outboxOn(socket);
    outbox.send(textFrame("x".repeat(70_000)));
    expect(socket.writes).toHaveLength(1);
    expect(outbox.waiting).toBe(0);
  });

  test("overflows when the socket has not got rid of what it had, and takes nothing more", async () => {
    const socket = new CountingSocket();
    const { outbox, overflows } = outboxOn(socket, new Flusher(), 100);
    socket.blocked = true;
    outbox.send(textFrame("x".repeat(98)));
    await turn();
    // At the bound, not over it: one more is taken.
    outbox.send(textFrame("y"));
    await turn();
    expect([overflows(), outbox.waiting]).toEqual([0, 103]);
    outbox.send(textFrame("z"));
    await turn();
    expect([overflows(), outbox.waiting]).toEqual([1, 103]);
    outbox.send(textFrame("last"));
    outbox.finish();
    outbox.send(textFrame("too late"));
    socket.release();
    await turn();
    expect(Buffer.concat(socket.writes).toString("latin1")).toMatch(/x{98}.{2}y.{2}last$/s);
  });

  test("forgets what a closed socket would not take", async () => {
    const socket = new CountingSocket();
    const { outbox, overflows } = outboxOn(socket);
    socket.destroy();
    outbox.send(textFrame("a"));
    await turn();
    expect([socket.writes.length, overflows(), outbox.waiting]).toEqual([0, 0, 0]);
  });
});

describe("a frame", () => {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  let browser: WebSocket;
  let raw: Duplex;
  beforeAll(async () => {
    if (server.address() === null) await once(server, "listening");
    const { port } = Object(server.address());
    browser = new WebSocket(`ws://127.0.0.1:${port}`);
    const [, request] = await once(server, "connection");
    raw = request.socket;
  });
  afterAll(() => {
    browser.terminate();
    server.close();
  });

  test.each([0, 1, 125, 126, 127, 65_535, 65_536, 200_000])(
    "of %i bytes is what ws reads",
    async (length) => {
      const texts = ["x".repeat(length), "é".repeat(Math.floor(length / 2)) + "y".repeat(length % 2)];
      for (const text of texts) {
        raw.write(textFrame(text));
        const [data, isBinary] = await once(browser, "message");
        expect([data.toString(), isBinary]).toEqual([text, false]);
      }
    },
  );
});
