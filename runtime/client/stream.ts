import { RealtimeError } from "./types.js";

type Waiting<T> = {
  readonly resolve: (result: IteratorResult<T, undefined>) => void;
  readonly reject: (error: RealtimeError) => void;
};

const done = { done: true, value: undefined } as const;

/** Events that wait for a `for await` loop. Bounded: a loop that falls behind is told, not fed for ever. */
export class EventStream<T> implements AsyncIterableIterator<T, undefined> {
  readonly #limit: number;
  readonly #ended: () => void;
  #queue: IteratorYieldResult<T>[] = [];
  #waiting: Waiting<T>[] = [];
  #isOver = false;
  /** Thrown once, after what had arrived before it. */
  #error: RealtimeError | undefined;

  /** @param ended called once, when nothing more will be taken */
  constructor(limit: number, ended: () => void) {
    this.#limit = limit;
    this.#ended = ended;
  }

  push(value: T): void {
    if (this.#isOver) return;
    const next = this.#waiting.shift();
    const result = { done: false, value } as const;
    if (next) next.resolve(result);
    else if (this.#queue.length < this.#limit) this.#queue.push(result);
    else this.end(new RealtimeError("buffer_full", `The loop is more than ${this.#limit} events behind.`));
  }

  /** No more events. With an error, the loop throws it; without, the loop ends. */
  end(error?: RealtimeError): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const [first, ...others] = this.#waiting;
    this.#waiting = [];
    if (first && error) first.reject(error);
    else {
      first?.resolve(done);
      this.#error = error;
    }
    for (const other of others) other.resolve(done);
    this.#ended();
  }

  next(): Promise<IteratorResult<T, undefined>> {
    return new Promise((resolve, reject) => {
      const error = this.#error;
      const result = this.#queue.shift();
      if (result) resolve(result);
      else if (error) {
        this.#error = undefined;
        reject(error);
      } else if (this.#isOver) resolve(done);
      else this.#waiting.push({ resolve, reject });
    });
  }

  return(): Promise<IteratorResult<T, undefined>> {
    this.#queue = [];
    this.#error = undefined;
    this.end();
    return Promise.resolve(done);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
