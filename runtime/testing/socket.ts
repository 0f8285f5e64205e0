import type { RealtimeSocket } from "../client/types.js";
import type { ClientFrame, GatewayFrame } from "../protocol/frames.js";

const open = 1;
const closed = 3;

/** A WebSocket whose other end is in the same process: what either side says, the other hears at once. */
export class TestSocket implements RealtimeSocket {
  readyState = open;
  onopen: (() => unknown) | null = null;
  onmessage: ((event: { readonly data: string }) => unknown) | null = null;
  onclose: ((event: { readonly code: number; readonly reason: string }) => unknown) | null = null;
  onerror: (() => unknown) | null = null;
  readonly #heard: (frame: ClientFrame) => void;

  /** @param heard called with each frame of the client; Primus's own messages are not passed on */
  constructor(heard: (frame: ClientFrame) => void) {
    this.#heard = heard;
  }

  send(data: string): void {
    const frame: ClientFrame | string = JSON.parse(data);
    if (typeof frame !== "string") this.#heard(frame);
  }

  close(): void {
    this.readyState = closed;
  }

  /** The gateway's side says something; the client gets it as JSON, as from the network. */
  say(frame: GatewayFrame): void {
    if (this.readyState === open) this.onmessage?.({ data: JSON.stringify(frame) });
  }

  /** The connection is lost without a word. */
  lose(): void {
    if (this.readyState !== open) return;
    this.readyState = closed;
    this.onclose?.({ code: 1006, reason: "" });
  }
}
