import type { ClientFrame, GatewayFrame } from "../protocol/frames.js";
import { type Off, RealtimeError } from "./types.js";

/** How many requests may wait for their answers. */
const waitingLimit = 1_000;
/** What the gateway takes in one frame, in bytes. */
const frameLimit = 64 * 1024;

type WithoutRef<Frame> = Frame extends ClientFrame ? Omit<Frame, "ref"> : never;
export type Request = WithoutRef<ClientFrame>;
/** Called once: with the frame that answers, or with what went wrong. */
export type Settle = (answer: GatewayFrame | RealtimeError) => void;

/** Requests that wait for their answers, by `ref`. */
export class Requests {
  readonly #waiting = new Map<number, Settle>();
  #lastRef = 0;

  /**
   * @param send writes the frame; absent where there is no connection
   * @returns forgets the request: its answer will be ignored
   */
  make(request: Request, send: ((text: string) => void) | undefined, settle: Settle): Off {
    const ref = ++this.#lastRef;
    const text = JSON.stringify({ ...request, ref });
    if (!send) settle(new RealtimeError("disconnected", "There is no connection."));
    else if (new TextEncoder().encode(text).length > frameLimit)
      settle(new RealtimeError("too_large", `More than ${frameLimit} bytes cannot be sent.`));
    else if (this.#waiting.size >= waitingLimit)
      settle(new RealtimeError("too_many_requests", `${waitingLimit} requests wait already.`));
    else {
      this.#waiting.set(ref, settle);
      send(text);
    }
    return () => this.#waiting.delete(ref);
  }

  answer(ref: number, answer: GatewayFrame | RealtimeError): void {
    const settle = this.#waiting.get(ref);
    this.#waiting.delete(ref);
    settle?.(answer);
  }

  /** The connection is gone, and their answers with it. Whether they were carried out is not known. */
  abandon(): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const settle of waiting)
      settle(new RealtimeError("disconnected", "The connection was lost before the answer."));
  }
}
