import type { Duplex } from "node:stream";
import { type Flusher, joinFrames } from "./flusher.js";

/** So much is never held back for the end of the turn. */
const FLUSH_AT_BYTES = 64 * 1024;

/**
 * What waits to be written to one socket, in order. Frames of one event-loop turn leave as one write. Judged on what
 * the socket itself has not got rid of, a reader that is too slow overflows: nothing more is taken for it.
 */
export class Outbox {
  readonly #socket: Duplex;
  readonly #flusher: Flusher;
  readonly #limit: number;
  readonly #onOverflow: () => void;
  #frames: Buffer[] = [];
  #bytes = 0;
  #listed = false;
  #open = true;

  /** `limit`: how many bytes may wait in the socket when more is to be written. */
  constructor(socket: Duplex, flusher: Flusher, limit: number, onOverflow: () => void) {
    this.#socket = socket;
    this.#flusher = flusher;
    this.#limit = limit;
    this.#onOverflow = onOverflow;
  }

  /** Bytes that are not yet with the kernel. */
  get waiting(): number {
    return this.#bytes + this.#socket.writableLength;
  }

  send(frame: Buffer): void {
    if (!this.#open) return;
    this.#frames.push(frame);
    this.#bytes += frame.length;
    if (this.#bytes >= FLUSH_AT_BYTES) {
      this.flush();
    } else if (!this.#listed) {
      this.#listed = true;
      this.#flusher.add(this);
    }
  }

  /** Called by the flusher at the end of the turn. */
  flushListed(): void {
    this.#listed = false;
    this.flush();
  }

  flush(): void {
    if (this.#frames.length === 0) return;
    const frames = this.#take();
    if (!this.#open || !this.#socket.writable) return;
    if (this.#socket.writableLength > this.#limit) this.#onOverflow();
    else this.#socket.write(joinFrames(frames));
  }

  /** Writes what waits, past the limit if need be, then takes nothing more: a closing frame may follow. */
  finish(): void {
    const frames = this.#take();
    if (this.#open && frames.length > 0 && this.#socket.writable) this.#socket.write(joinFrames(frames));
    this.#open = false;
  }

  #take(): readonly Buffer[] {
    const frames = this.#frames;
    this.#frames = [];
    this.#bytes = 0;
    return frames;
  }
}
