import { RealtimeError } from "./types.js";

type Result<T> = IteratorResult<T, undefined>;

const done = { done: true, value: undefined } as const;

/** Events that wait for a `for await` loop. Bounded: a loop that falls behind is told, not fed for ever. */
export class EventStream<T> implements AsyncIterableIterator<T, undefined> {
  readonly #limit: number;
  readonly #ended: () => void;
  /** Events that came before the loop asked, or calls of `next()` that came before the event: never both. */
  readonly #queue: Result<T>[] = [];
  readonly #waiting: ((result: Promise<Result<T>> | Result<T>) => void)[] = [];
  #isOver = false;
  /** Thrown once, after what had arrived before it. */
  #error: RealtimeError | undefined;

  /** @param ended called once, when nothing more will be taken */
  constructor(limit: number, ended: () => void) {
    this.#limit = limit;
    this.#ended = ended;
  }

  push(value: T): void {
    const next = this.#waiting.shift();
    if (next) next({ done: false, value });
    else if (this.#queue.length < this.#limit) this.#queue.push({ done: false, value });
    else this.end(new RealtimeError("buffer_full", `The loop is more than ${this.#limit} events behind.`));
  }

  /** No more events. With an error, the loop throws it; without, the loop ends. */
  end(error?: RealtimeError): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#error = error;
    for (const resolve of this.#waiting.splice(0)) resolve(this.next());
    this.#ended();
  }

  async next(): Promise<Result<T>> {
    const result = this.#queue.shift();
    if (result) return result;
    const error = this.#error;
    this.#error = undefined;
    if (error) throw error;
    return this.#isOver ? done : new Promise((resolve) => this.#waiting.push(resolve));
  }

  async return(): Promise<Result<T>> {
    this.#queue.length = 0;
    this.end();
    this.#error = undefined;
    return done;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
