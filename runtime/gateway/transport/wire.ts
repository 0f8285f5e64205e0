import type { Duplex } from "node:stream";
import type { Spark } from "primus";
import type { WebSocket } from "ws";
import type { Flusher } from "./flusher.js";
import { textFrame } from "./frame.js";
import { Outbox } from "./outbox.js";

export interface WireEvents {
  /** A text message that is none of Primus's own. */
  message(text: string): void;
  /** More waits for this browser than is allowed. */
  overflow(): void;
  /** Nothing comes or goes any more. `code` is the close code of whichever side: 1006 where there was none. */
  end(code: number): void;
}

/** RFC 6455 §7.4.1: a kind of data that the receiver does not take. */
const UNSUPPORTED_DATA = 1003;
const NORMAL_CLOSURE = 1000;
const primusPrefix = '"primus::';

/** One browser's connection: `ws` below for what comes in and for closing, an outbox for what goes out, a Primus spark. */
export class Wire {
  readonly #spark: Spark;
  readonly #socket: WebSocket;
  readonly #outbox: Outbox;
  #events: WireEvents | null = null;
  #closeCode = NORMAL_CLOSURE;
  #closeReason = "";
  #ended = false;

  constructor(spark: Spark, socket: WebSocket, raw: Duplex, flusher: Flusher, outboxBytes: number) {
    this.#spark = spark;
    this.#socket = socket;
    this.#outbox = new Outbox(raw, flusher, outboxBytes, () => this.#events?.overflow());
    // Nothing is read before the browser is welcomed; the kernel holds it back.
    socket.pause();
    socket.on("message", (data, isBinary) => {
      spark.alive = true;
      if (isBinary) return this.close(UNSUPPORTED_DATA, "text only", { comeBack: true });
      const text = data.toString();
      if (text.startsWith(primusPrefix)) spark.emit("incoming::data", text);
      else this.#events?.message(text);
    });
    // `ws` closes by itself what breaks the protocol or a limit; its code tells why.
    socket.on("error", () => {});
    socket.on("close", (code) => {
      if (!this.#ended) this.#closeCode = code;
      spark.emit("incoming::end");
    });
    spark.on("end", () => {
      this.#ended = true;
      this.#events?.end(this.#closeCode);
    });
    spark.on("data", (data: unknown) => this.#events?.message(JSON.stringify(data)));
    spark.on("outgoing::data", (packet: string) => this.#outbox.send(textFrame(packet)));
    spark.on("outgoing::end", () => {
      this.#outbox.finish();
      socket.close(this.#closeCode, this.#closeReason);
    });
  }

  get id(): string {
    return this.#spark.id;
  }

  get waiting(): number {
    return this.#outbox.waiting;
  }

  /** Whether it was closed, by whichever side. */
  get ended(): boolean {
    return this.#ended;
  }

  /** From here on the browser is heard. */
  open(events: WireEvents): void {
    this.#events = events;
    this.#socket.resume();
  }

  /** Takes a whole frame; the very same buffer may be sent on any number of wires. */
  send(frame: Buffer): void {
    this.#outbox.send(frame);
  }

  /** Without `comeBack`, stock Primus clients are told to stay away. */
  close(code: number, reason: string, { comeBack }: { readonly comeBack: boolean }): void {
    this.#closeCode = code;
    this.#closeReason = reason;
    // A paused socket would never hear the browser's side of the closing handshake.
    this.#socket.resume();
    this.#spark.end(undefined, { reconnect: comeBack });
  }

  /** For what does not close in time. */
  terminate(): void {
    this.#socket.terminate();
  }
}
