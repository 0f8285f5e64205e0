import type { Outbox } from "./outbox.js";

/** Empties outboxes once a turn of the event loop, after all of its I/O. */
export class Flusher {
  #outboxes: Outbox[] = [];

  add(outbox: Outbox): void {
    if (this.#outboxes.length === 0) setImmediate(this.#flush);
    this.#outboxes.push(outbox);
  }

  readonly #flush = (): void => {
    const outboxes = this.#outboxes;
    this.#outboxes = [];
    for (const outbox of outboxes) outbox.flushListed();
    lastFrames = [];
    lastJoined = Buffer.alloc(0);
  };
}

let lastFrames: readonly Buffer[] = [];
let lastJoined: Buffer = Buffer.alloc(0);

/**
 * One buffer for one write. Subscribers of one channel mostly wait for the very same frames, so the last result is
 * kept and used again.
 */
export function joinFrames(frames: readonly Buffer[]): Buffer {
  const [first] = frames;
  if (first !== undefined && frames.length === 1) return first;
  if (!areSame(frames, lastFrames)) {
    lastFrames = frames;
    lastJoined = Buffer.concat(frames);
  }
  return lastJoined;
}

function areSame(a: readonly Buffer[], b: readonly Buffer[]): boolean {
  return a.length === b.length && a.every((frame, index) => frame === b[index]);
}
