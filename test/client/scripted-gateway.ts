/**
 * A gateway that says what a test tells it to: for what the real one does only when something is wrong (silence, drain,
 * refusals, garbage). It is a real WebSocket server that speaks docs/protocol.md §3; the real one has tests of its own.
 */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import type { ClientFrame, GatewayFrame } from "../../runtime/protocol/frames.js";
import { contract } from "./contract.js";

/** Values in the order in which they came; `next()` waits for one. */
export class Inbox<T> {
  readonly #values: T[] = [];
  readonly #waiting: ((value: T) => void)[] = [];

  push(value: T): void {
    const waiting = this.#waiting.shift();
    if (waiting) waiting(value);
    else this.#values.push(value);
  }

  next(): Promise<T> {
    const value = this.#values.shift();
    if (value !== undefined) return Promise.resolve(value);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** How many have come that nobody took. */
  get size(): number {
    return this.#values.length;
  }
}

export class ScriptedConnection {
  readonly frames = new Inbox<ClientFrame>();
  /** Primus's own messages: `primus::pong::1`. */
  readonly texts = new Inbox<string>();
  readonly closed: Promise<number>;
  readonly #socket: WebSocket;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    this.closed = once(socket, "close").then(([code]: number[]) => code ?? 0);
    socket.on("message", (data) => {
      const message: ClientFrame | string = JSON.parse(String(data));
      if (typeof message === "string") this.texts.push(message);
      else this.frames.push(message);
    });
  }

  send(message: GatewayFrame | string): void {
    this.#socket.send(JSON.stringify(message));
  }

  sendRaw(text: string): void {
    this.#socket.send(text);
  }

  welcome(fingerprint = contract.fingerprint): void {
    this.send({ type: "welcome", connection: "c1", fingerprint });
  }

  /** Takes the next frame, which must be of that type. */
  async expect<T extends ClientFrame["type"]>(type: T): Promise<Extract<ClientFrame, { type: T }>> {
    const frame = await this.frames.next();
    if (!isOfType(frame, type)) throw new Error(`expected ${type}, got ${JSON.stringify(frame)}`);
    return frame;
  }

  async acceptSubscription(concrete?: string): Promise<string> {
    const { ref, channel } = await this.expect("subscribe");
    this.send({ type: "subscribed", ref, channel: concrete ?? channel });
    return channel;
  }

  event(channel: string, event: string, data: unknown): void {
    this.send({ type: "event", channel, event, data, id: "e1", at: 1_764_000_000_000 });
  }

  close(code: number, reason = ""): void {
    this.#socket.close(code, reason);
  }

  /** Gone without a word. */
  terminate(): void {
    this.#socket.terminate();
  }
}

function isOfType<T extends ClientFrame["type"]>(
  frame: ClientFrame,
  type: T,
): frame is Extract<ClientFrame, { type: T }> {
  return frame.type === type;
}

export class ScriptedGateway {
  readonly connections = new Inbox<ScriptedConnection>();
  readonly url: string;
  readonly #server: WebSocketServer;

  private constructor(server: WebSocketServer, port: number) {
    this.#server = server;
    this.url = `ws://127.0.0.1:${port}/realtime`;
    server.on("connection", (socket) => this.connections.push(new ScriptedConnection(socket)));
  }

  static async start(port = 0): Promise<ScriptedGateway> {
    const server = new WebSocketServer({ port, host: "127.0.0.1" });
    await once(server, "listening");
    return new ScriptedGateway(server, (server.address() as AddressInfo).port);
  }

  /** The next connection, already welcomed. */
  async welcomed(): Promise<ScriptedConnection> {
    const connection = await this.connections.next();
    connection.welcome();
    return connection;
  }

  async stop(): Promise<void> {
    for (const socket of this.#server.clients) socket.terminate();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
