import { Listeners } from "./listeners.js";
import type { Settle } from "./requests.js";
import { EventStream } from "./stream.js";
import type { Observer, Subscription } from "./subscription.js";
import type { Subscriptions } from "./subscriptions.js";
import {
  type ChannelHandle,
  type ChannelStatus,
  type CommandTypes,
  type ContractChannel,
  type EventMeta,
  type Gap,
  type ListenOptions,
  type Off,
  RealtimeError,
  type SendOptions,
  type SignalOption,
  type StreamOptions,
} from "./types.js";

const defaultTimeout = 10_000;
const defaultBuffer = 1_000;

/** Here names are checked against the table at run time; in the contract's types they are checked by the compiler. */
interface AnyChannel {
  readonly params: object;
  readonly events: Record<string, unknown>;
  readonly commands: Record<string, CommandTypes>;
}

/** What `realtime.room(…)` returns; {@link ChannelHandle} says what its methods do and gives them the contract's types. */
export class Handle implements ChannelHandle<AnyChannel> {
  readonly name: string;
  readonly #channel: ContractChannel;
  readonly #subscriptions: Subscriptions;
  readonly #events = new Map<string, Listeners<[unknown, EventMeta]>>();
  readonly #gaps = new Listeners<[Gap]>();
  readonly #statuses = new Listeners<[ChannelStatus, RealtimeError?]>();
  /** Listeners and commands under way, each as the function that ends it. They hold the subscription. */
  readonly #uses = new Set<Off>();
  readonly #observer: Observer = {
    event: (name, data, meta) => this.#events.get(name)?.call(data, meta),
    gap: (gap) => this.#gaps.call(gap),
    changed: () => this.#changed(),
  };
  /** The use that reading `ready` made. */
  #hold: Off | undefined;
  #subscription: Subscription | undefined;
  #isClosed = false;
  #lastStatus: ChannelStatus = "idle";

  constructor(name: string, channel: ContractChannel, subscriptions: Subscriptions) {
    this.name = name;
    this.#channel = channel;
    this.#subscriptions = subscriptions;
  }

  get status(): ChannelStatus {
    return this.#isClosed ? "closed" : (this.#subscription?.status ?? "idle");
  }

  get ready(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#hold ??= this.#use((release) => () => {
        this.#hold = undefined;
        release();
      });
      if (this.status === "refused") this.#subscription?.ask();
      this.#whenSettled().then(resolve, reject);
    });
  }

  on(event: string, handler: (data: unknown, meta: EventMeta) => unknown, options: ListenOptions = {}): Off {
    const { pattern, events } = this.#channel;
    if (!events.includes(event))
      throw new TypeError(`${pattern} has no event ${JSON.stringify(event)}; it has: ${events.join(", ")}`);
    let listeners = this.#events.get(event);
    if (!listeners) {
      listeners = new Listeners();
      this.#events.set(event, listeners);
    }
    return this.#listen(listeners, handler, options);
  }

  once(event: string, handler: (data: unknown, meta: EventMeta) => unknown, options: SignalOption = {}): Off {
    return this.on(event, handler, { ...options, once: true });
  }

  events(event: string, options: StreamOptions = {}): AsyncIterableIterator<unknown> {
    const stop = new AbortController();
    const whileOpen = { signal: stop.signal };
    const stream = new EventStream<unknown>(options.buffer ?? defaultBuffer, () => stop.abort());
    const follow = () => {
      const error = this.#subscription?.error;
      if (error?.code === "closed" || this.#isClosed || options.signal?.aborted) stream.end();
      else if (error) stream.end(error);
    };
    if (options.signal?.aborted) stream.end();
    this.on(event, (data) => stream.push(data), whileOpen);
    this.onStatus(follow, whileOpen);
    options.signal?.addEventListener("abort", follow, whileOpen);
    follow();
    return stream;
  }

  send(command: string, data: unknown, options: SendOptions = {}): Promise<unknown> {
    const { signal, timeout = defaultTimeout } = options;
    const { pattern, commands } = this.#channel;
    const over = new AbortController();
    const whenOver = (run: Off) => over.signal.addEventListener("abort", run);
    return new Promise((resolve, reject) => {
      if (!commands.includes(command))
        throw new RealtimeError("unknown_command", `${pattern} has no command ${JSON.stringify(command)}.`);
      signal?.throwIfAborted();
      signal?.addEventListener("abort", () => reject(signal.reason), { signal: over.signal });
      this.#use((release) => {
        whenOver(release);
        return () => reject(closedError());
      });
      const timer = setTimeout(
        () => reject(new RealtimeError("timeout", `${command} was not answered within ${timeout} ms.`)),
        timeout,
      );
      whenOver(() => clearTimeout(timer));
      const settle: Settle = (answer) => {
        if (answer instanceof RealtimeError) reject(answer);
        else resolve("data" in answer ? answer.data : undefined);
      };
      this.#whenSettled(over.signal)
        .then(() => {
          const request = { type: "command", channel: this.name, command, data } as const;
          whenOver(this.#subscriptions.connection.request(request, settle));
        })
        .catch(reject);
    }).finally(() => over.abort());
  }

  onGap(handler: (gap: Gap) => unknown, options: SignalOption = {}): Off {
    return this.#listen(this.#gaps, handler, options);
  }

  onStatus(handler: (status: ChannelStatus, error?: RealtimeError) => unknown, options?: SignalOption): Off {
    return this.#statuses.add(handler, options);
  }

  close(): void {
    this.#isClosed = true;
    for (const end of [...this.#uses]) end();
    this.#changed();
  }

  #changed(): void {
    const { status } = this;
    if (status === this.#lastStatus) return;
    this.#lastStatus = status;
    this.#statuses.call(status, this.#subscription?.error);
  }

  #listen<Args extends unknown[]>(
    listeners: Listeners<Args>,
    handler: (...args: Args) => unknown,
    options: ListenOptions,
  ): Off {
    return this.#use((release) =>
      listeners.add(handler, options, () => {
        this.#hold?.();
        release();
      }),
    );
  }

  /** @param start begins the use; `release` says that it is over, what is returned ends it early */
  #use(start: (release: () => void) => Off): Off {
    if (this.#isClosed) throw closedError();
    let end: Off = () => {};
    const endUse = () => end();
    this.#uses.add(endUse);
    end = start(() => {
      if (!this.#uses.delete(endUse) || this.#uses.size > 0 || !this.#subscription) return;
      this.#subscription = undefined;
      this.#subscriptions.leave(this.name, this.#observer);
      this.#changed();
    });
    if (!this.#subscription && this.#uses.has(endUse)) {
      this.#subscription = this.#subscriptions.join(this.name, this.#channel, this.#observer);
      this.#changed();
    }
    return endUse;
  }

  /** Resolves once subscribed; rejects once that is not to be expected any more. */
  #whenSettled(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = new AbortController();
      const follow = () => {
        const { status } = this;
        if (status === "pending") return;
        done.abort();
        if (status === "subscribed") resolve();
        else reject(this.#subscription?.error ?? closedError());
      };
      signal?.addEventListener("abort", () => done.abort(), { signal: done.signal });
      this.onStatus(follow, { signal: done.signal });
      follow();
    });
  }
}

const closedError = () => new RealtimeError("closed", "The handle was closed.");
