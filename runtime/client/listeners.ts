import type { ListenOptions, Off } from "./types.js";

/** A set of handlers. None of them can keep the others from being called. */
export class Listeners<Args extends unknown[]> {
  readonly #handlers = new Set<(...args: Args) => unknown>();

  /** @param ended called once, when the handler will not be called any more */
  add(handler: (...args: Args) => unknown, options: ListenOptions = {}, ended?: () => void): Off {
    const { signal, once } = options;
    // A wrapper of its own for each listener: one function may listen twice.
    const call = (...args: Args) => {
      if (once) off();
      return handler(...args);
    };
    const off = () => {
      if (!this.#handlers.delete(call)) return;
      signal?.removeEventListener("abort", off);
      ended?.();
    };
    this.#handlers.add(call);
    if (signal?.aborted) off();
    else signal?.addEventListener("abort", off);
    return off;
  }

  call(...args: Args): void {
    for (const handler of [...this.#handlers]) {
      // One that ended while this loop ran is not called any more.
      if (this.#handlers.has(handler)) report(() => handler(...args));
    }
  }
}

/** Runs the application's code: what it throws goes where uncaught errors go, and does not stop the client. */
export function report(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    if (typeof reportError === "function") reportError(error);
    else
      queueMicrotask(() => {
        throw error;
      });
  }
}
