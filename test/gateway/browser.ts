import { once } from "node:events";
import { WebSocket } from "ws";
import type { GatewayFrame } from "../../runtime/protocol/frames.js";
import { origin } from "./fixture.js";

type FrameType = GatewayFrame["type"];
type FrameOf<T extends FrameType> = Extract<GatewayFrame, { readonly type: T }>;

export interface BrowserOptions {
  readonly origin?: string | undefined;
  readonly cookie?: string | undefined;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A browser as the gateway sees one: a WebSocket that answers heartbeats, and keeps frames until they are asked for. */
export class Browser {
  readonly socket: WebSocket;
  /** Frames that nobody has asked for yet. */
  readonly frames: GatewayFrame[] = [];
  /** Every text as it came. */
  readonly texts: string[] = [];
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  /** Leaves heartbeats unanswered. */
  silent = false;
  #waiting: (() => void)[] = [];
  #ref = 0;

  constructor(port: number, options: BrowserOptions = {}) {
    this.socket = new WebSocket(`ws://127.0.0.1:${port}${options.path ?? "/realtime/?_primuscb=x"}`, {
      headers: {
        ...options.headers,
        ...("origin" in options ? {} : { origin }),
        ...(options.origin === undefined ? {} : { origin: options.origin }),
        ...(options.cookie === undefined ? {} : { cookie: options.cookie }),
      },
      perMessageDeflate: false,
    });
    this.closed = once(this.socket, "close").then(([code, reason]) => ({ code, reason: String(reason) }));
    this.closed.catch(() => {}); // refused handshakes reject; `opened` tells them
    this.socket.on("message", (data) => {
      const text = data.toString();
      this.texts.push(text);
      const message: GatewayFrame | string = JSON.parse(text);
      if (typeof message === "string") {
        if (!this.silent && message.startsWith("primus::ping::"))
          this.raw(JSON.stringify(message.replace("ping", "pong")));
        return;
      }
      this.frames.push(message);
      for (const wake of this.#waiting.splice(0)) wake();
    });
  }

  /** Connects and waits for the welcome. */
  static async connect(port: number, options: BrowserOptions = {}): Promise<Browser> {
    const browser = new Browser(port, options);
    await browser.next("welcome");
    return browser;
  }

  /** The HTTP status of a handshake that is refused. */
  static async refused(port: number, options: BrowserOptions): Promise<number> {
    const { socket } = new Browser(port, options);
    const [, response] = await once(socket, "unexpected-response");
    socket.terminate();
    return response.statusCode;
  }

  raw(text: string | Buffer): void {
    this.socket.send(text);
  }

  /** Sends a request and gives its `ref`. */
  request(frame: object): number {
    this.#ref += 1;
    this.raw(JSON.stringify({ ...frame, ref: this.#ref }));
    return this.#ref;
  }

  /** Sends a request and waits for its answer, whichever it is. */
  async ask(frame: object): Promise<GatewayFrame> {
    const ref = this.request(frame);
    return this.find((answer) => "ref" in answer && answer.ref === ref);
  }

  async subscribe(channel: string): Promise<GatewayFrame> {
    return this.ask({ type: "subscribe", channel });
  }

  async command(channel: string, command: string, data: unknown): Promise<GatewayFrame> {
    return this.ask({ type: "command", channel, command, data });
  }

  /** The next frame of this type. */
  async next<T extends FrameType>(type: T): Promise<FrameOf<T>> {
    const isIt = (frame: GatewayFrame): frame is FrameOf<T> => frame.type === type;
    const frame = await this.find(isIt);
    if (!isIt(frame)) throw new Error("unreachable");
    return frame;
  }

  /** Takes the first frame that fits, now or when it comes. */
  async find(fits: (frame: GatewayFrame) => boolean): Promise<GatewayFrame> {
    for (;;) {
      const index = this.frames.findIndex(fits);
      const [frame] = index === -1 ? [] : this.frames.splice(index, 1);
      if (frame !== undefined) return frame;
      await new Promise<void>((resolve, reject) => {
        this.#waiting.push(resolve);
        this.closed.then(
          ({ code }) =>
            reject(new Error(`closed with ${code} before the frame came; had ${this.texts.join(" ")}`)),
          reject,
        );
      });
    }
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.closed;
  }
}
