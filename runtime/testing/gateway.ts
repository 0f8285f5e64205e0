import {
  type ChannelHandle,
  type ChannelTypes,
  type CommandTypes,
  type EventMeta,
  type RealtimeConnection,
  RealtimeError,
  type RealtimeErrorCode,
} from "../client/types.js";
import { closeCodes } from "../protocol/codes.js";
import { type ClientFrame, ME } from "../protocol/frames.js";
import { TestSocket } from "./socket.js";

/** Where a test can put the connection. */
export type TestStatus = "open" | "reconnecting" | "unauthorized";

/** A command that the page sent. */
export interface SentCommand {
  /** `room:1` */
  readonly channel: string;
  readonly command: string;
  readonly data: unknown;
}

/** Any handle. */
interface Named {
  readonly name: string;
}

type Events<T extends ChannelTypes> = T["events"];
type CommandOf<T extends ChannelTypes, C extends keyof T["commands"]> = T["commands"][C] extends CommandTypes
  ? T["commands"][C]
  : never;

/**
 * Stands in for the gateway in a test of the page's own code. The client is the real one, on a socket that ends in the
 * test: what it does with subscriptions, answers and losses is what it does in a browser. There is no validation here, as
 * the types are the contract's.
 */
export interface TestGateway {
  /** Every command that the page has sent, in order. */
  readonly sent: readonly SentCommand[];
  /** Names of the channels that the page is subscribed to: `room:1`, `inbox:@me`. */
  readonly subscribed: readonly string[];
  /**
   * Delivers an event as the gateway would, before it returns.
   *
   * @param channel any handle of the channel: `realtime.room({ roomId: 1 })`
   * @param meta id (default: counted up) and time (default: now)
   * @returns whether the page is subscribed to that channel; if not, nobody heard it
   */
  emit<T extends ChannelTypes, E extends keyof Events<T> & string>(
    channel: ChannelHandle<T>,
    event: E,
    data: Events<T>[E],
    meta?: Partial<Pick<EventMeta, "id" | "at">>,
  ): boolean;
  /**
   * Says how a command of a channel is answered from now on: with what `run` returns, or an error where it throws (with
   * its `code`, if it has one). A command without an answer is refused with `unknown_command`.
   */
  answer<T extends ChannelTypes, C extends keyof T["commands"] & string>(
    channel: ChannelHandle<T>,
    command: C,
    run: (data: CommandOf<T, C>["input"]) => CommandOf<T, C>["output"] | Promise<CommandOf<T, C>["output"]>,
  ): void;
  /** Refuses a channel from now on; where the page is subscribed already, it is put out. */
  refuse(channel: Named, code?: RealtimeErrorCode): void;
  /** Tells that messages may have been missed: on one channel, or on all. */
  gap(channel?: Named): void;
  /** `reconnecting` loses the connection and lets it not come back before `open`; `unauthorized` ends it with 4401. */
  setStatus(status: TestStatus): void;
}

/**
 * Puts a test gateway in the place of the real one.
 *
 * @param realtime the generated client, before its first subscription
 * @example
 * const gateway = createTestGateway(realtime);
 * const room = realtime.room({ roomId: 1 });
 * room.on("messagePosted", show);
 * gateway.emit(room, "messagePosted", { author: "Ann", body: "hi" });
 */
export function createTestGateway(realtime: RealtimeConnection): TestGateway {
  const gateway = new MemoryGateway(realtime);
  realtime.configure({
    url: "ws://gateway.test/realtime",
    WebSocket: class extends TestSocket {
      constructor() {
        super((frame) => gateway.hear(frame));
        gateway.accept(this);
      }
    },
  });
  return gateway;
}

type Command = Extract<ClientFrame, { readonly type: "command" }>;

class MemoryGateway implements TestGateway {
  readonly sent: SentCommand[] = [];
  readonly #realtime: RealtimeConnection;
  readonly #answers = new Map<string, (data: unknown) => unknown>();
  readonly #refusals = new Map<string, RealtimeErrorCode>();
  readonly #subscribed = new Set<string>();
  #socket: TestSocket | null = null;
  #isWelcomed = false;
  #letsIn = true;
  #lastId = 0;

  constructor(realtime: RealtimeConnection) {
    this.#realtime = realtime;
  }

  get subscribed(): readonly string[] {
    return [...this.#subscribed];
  }

  emit(
    channel: Named,
    event: string,
    data: unknown,
    { id = `test-${++this.#lastId}`, at = Date.now() }: Partial<Pick<EventMeta, "id" | "at">> = {},
  ): boolean {
    this.#welcome();
    const isSubscribed = this.#subscribed.has(channel.name);
    if (isSubscribed)
      this.#socket?.say({ type: "event", channel: concreteName(channel.name), event, data, id, at });
    return isSubscribed;
  }

  answer(channel: Named, command: string, run: (data: never) => unknown): void {
    // The types of `TestGateway` have checked it against the contract.
    this.#answers.set(commandKey(channel.name, command), run as (data: unknown) => unknown);
  }

  refuse({ name }: Named, code: RealtimeErrorCode = "forbidden"): void {
    this.#refusals.set(name, code);
    if (this.#subscribed.delete(name))
      this.#socket?.say({ type: "unsubscribed", channel: concreteName(name) });
  }

  gap(channel?: Named): void {
    const reason = "broker_reconnected";
    this.#welcome();
    this.#socket?.say(
      channel ? { type: "gap", channel: concreteName(channel.name), reason } : { type: "gap", reason },
    );
  }

  setStatus(status: TestStatus): void {
    this.#letsIn = status === "open";
    switch (status) {
      case "open":
        this.#realtime.connect();
        this.#welcome();
        break;
      case "reconnecting":
        this.#subscribed.clear();
        this.#socket?.lose();
        break;
      case "unauthorized":
        this.#subscribed.clear();
        this.#socket?.say({ type: "close", code: closeCodes.notAuthenticated, reason: "not authenticated" });
        break;
      default:
        throw status satisfies never;
    }
  }

  /** The client has made a socket. It hears of its opening later, as in a browser, or when a test needs it. */
  accept(socket: TestSocket): void {
    this.#socket = socket;
    this.#isWelcomed = false;
    this.#subscribed.clear();
    queueMicrotask(() => this.#welcome());
  }

  hear(frame: ClientFrame): void {
    const { ref, channel } = frame;
    const concrete = concreteName(channel);
    const code = this.#refusals.get(channel);
    switch (frame.type) {
      case "subscribe":
        if (!code) this.#subscribed.add(channel);
        this.#socket?.say(
          code
            ? { type: "error", ref, code, message: "The test refuses it." }
            : { type: "subscribed", ref, channel: concrete },
        );
        break;
      case "unsubscribe":
        this.#subscribed.delete(channel);
        this.#socket?.say({ type: "unsubscribed", ref, channel: concrete });
        break;
      case "command":
        this.sent.push({ channel, command: frame.command, data: frame.data });
        void this.#run(frame, this.#socket);
        break;
      default:
        throw frame satisfies never;
    }
  }

  #welcome(): void {
    if (!this.#socket || this.#isWelcomed || !this.#letsIn) return;
    this.#isWelcomed = true;
    this.#socket.say({ type: "welcome", connection: "test", fingerprint: this.#realtime.fingerprint });
  }

  async #run({ ref, channel, command, data }: Command, socket: TestSocket | null): Promise<void> {
    const run = this.#answers.get(commandKey(channel, command));
    try {
      if (!run) throw new RealtimeError("unknown_command", `The test has no answer to ${command}.`);
      socket?.say({ type: "reply", ref, data: await run(data) });
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "internal";
      const message = error instanceof Error ? error.message : String(error);
      socket?.say({ type: "error", ref, code, message });
    }
  }
}

/** The real gateway puts the user's id there. */
function concreteName(name: string): string {
  return name.replace(ME, "1");
}

function commandKey(channel: string, command: string): string {
  return `${channel} ${command}`;
}
