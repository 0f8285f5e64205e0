/**
 * The public surface of the browser client. This file imports nothing, so that its declarations can stand as they are
 * at the head of a generated `realtime.d.ts`, which must compile in a Rails app without any package.
 */

/**
 * Where the connection stands.
 *
 * - `idle`: nothing has been subscribed to yet, or nothing is any more
 * - `connecting`: the first attempt is under way
 * - `open`: the gateway has welcomed this page
 * - `reconnecting`: the connection was lost; the client comes back by itself
 * - `offline`: the browser says that there is no network; the client comes back when there is
 * - `unauthorized`: the gateway refused this user (close codes 4401, 4403, a second 4409); only `connect()` tries again
 * - `closed`: `close()` was called, or the page is older than the contract allows (4426); only `connect()` tries again
 */
export type RealtimeStatus =
  | "idle"
  | "connecting"
  | "open"
  | "reconnecting"
  | "offline"
  | "unauthorized"
  | "closed";

/**
 * Where a channel handle stands.
 *
 * - `idle`: it has no listener, so nothing is subscribed for it
 * - `pending`: asked for, not confirmed yet; also while the connection is away
 * - `subscribed`: events arrive
 * - `refused`: the gateway said no, or took the subscription back; not asked for again by itself
 * - `closed`: `close()` was called on the handle
 */
export type ChannelStatus = "idle" | "pending" | "subscribed" | "refused" | "closed";

/** One thing that is wrong with what was sent: where, zod's code for it, and a sentence. Never the value itself. */
export interface PayloadIssue {
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly message: string;
}

/**
 * Codes of the gateway, of this client, and any lower_snake_case code that a command's handler gave.
 *
 * The client's own: `timeout` (no answer in time), `disconnected` (the connection was lost before the answer: the
 * command may or may not have run, and is never sent again by itself), `closed` (`close()` was called),
 * `revoked` (the session was ended), `contract_too_old` (the page wants a reload), `unsubscribed` (the gateway ended the
 * subscription) and `buffer_full` (a `for await` loop fell behind).
 */
export type RealtimeErrorCode =
  | "malformed_frame"
  | "unknown_channel"
  | "unknown_command"
  | "not_subscribed"
  | "forbidden"
  | "authorization_failed"
  | "invalid_input"
  | "too_large"
  | "too_many_subscriptions"
  | "too_many_requests"
  | "unavailable"
  | "internal"
  | "timeout"
  | "disconnected"
  | "closed"
  | "revoked"
  | "contract_too_old"
  | "unsubscribed"
  | "buffer_full"
  | (string & {});

/** What went wrong with a command, a subscription or the connection. Decide by `code`; `message` is for people. */
export class RealtimeError extends Error {
  override readonly name = "RealtimeError";
  readonly code: RealtimeErrorCode;
  /** With `invalid_input`: what is wrong with the payload. Empty otherwise. */
  readonly issues: readonly PayloadIssue[];

  constructor(code: RealtimeErrorCode, message: string, issues: readonly PayloadIssue[] = []) {
    super(message);
    this.code = code;
    this.issues = issues;
  }
}

/** What is known of an event besides its payload. */
export interface EventMeta {
  /** The publisher's id of it; `null` for a bare payload, which has none. */
  readonly id: string | null;
  /** When it was published, in ms since 1970. */
  readonly at: number;
  /** The concrete name of the channel: `room:1`. */
  readonly channel: string;
}

/** Ends a listener. Calling it twice is harmless. */
export type Off = () => void;

export interface SignalOption {
  /** Ends the listener when it is aborted. */
  readonly signal?: AbortSignal;
}

export interface ListenOptions extends SignalOption {
  /** Ends the listener after its first call. */
  readonly once?: boolean;
}

export interface StreamOptions extends SignalOption {
  /** How many events may wait for the loop, 1,000 by default. One more ends the loop with `buffer_full`. */
  readonly buffer?: number;
}

export interface SendOptions extends SignalOption {
  /** How long to wait for the answer, in ms, 10,000 by default; waiting for the subscription counts. */
  readonly timeout?: number;
}

/** Why messages may have been missed. `reconnected`: this page was away; `broker_reconnected`: the gateway was. */
export interface Gap {
  readonly reason: "reconnected" | "broker_reconnected" | (string & {});
}

/** What a command takes and what its answer is (`undefined` where it is only acknowledged). */
export interface CommandTypes {
  readonly input: unknown;
  readonly output: unknown;
}

/** One channel of a contract, as types. `params` is `null` where the page has none to give. */
export interface ChannelTypes {
  readonly params: object | null;
  readonly events: object;
  readonly commands: object;
}

type OneCommand<C, K extends keyof C> = C[K] extends CommandTypes ? C[K] : never;

/**
 * One concrete channel, as this part of the page uses it. Handles are cheap: ask for one wherever it is needed.
 *
 * A handle subscribes with its first listener (or `send`, or `ready`) and lets go 300 ms after its last one has ended, so
 * that a component that goes and comes back costs nothing. Handles of one concrete channel share one subscription.
 */
export interface ChannelHandle<T extends ChannelTypes = ChannelTypes> {
  /** `room:1`; `inbox:@me` for a channel of the connected user. */
  readonly name: string;
  readonly status: ChannelStatus;
  /**
   * Subscribes, and resolves once events arrive. Rejects with a {@link RealtimeError} where the gateway refuses, the user
   * is not authorized, or the handle is closed first. Reading it again after that asks anew.
   */
  readonly ready: Promise<void>;
  /** Calls `handler` for each such event. What it throws goes to `reportError`; other handlers still run. */
  on<E extends keyof T["events"] & string>(
    event: E,
    handler: (data: T["events"][E], meta: EventMeta) => unknown,
    options?: ListenOptions,
  ): Off;
  /** The same as `on` with `once: true`. */
  once<E extends keyof T["events"] & string>(
    event: E,
    handler: (data: T["events"][E], meta: EventMeta) => unknown,
    options?: SignalOption,
  ): Off;
  /**
   * The events as they come: `for await (const message of room.events("messagePosted")) …`. Subscribes at once. Ends when
   * the loop is left, `signal` is aborted or the handle is closed; throws a {@link RealtimeError} where the
   * subscription is refused or the loop falls behind its buffer.
   */
  events<E extends keyof T["events"] & string>(
    event: E,
    options?: StreamOptions,
  ): AsyncIterableIterator<T["events"][E]>;
  /**
   * Sends a command and resolves with its answer. Rejects with a {@link RealtimeError}, or with the signal's reason where
   * `signal` is aborted (which does not take back what was sent).
   */
  send<C extends keyof T["commands"] & string>(
    command: C,
    data: OneCommand<T["commands"], C>["input"],
    options?: SendOptions,
  ): Promise<OneCommand<T["commands"], C>["output"]>;
  /** Tells when messages may have been missed: load anew what the page shows. */
  onGap(handler: (gap: Gap) => unknown, options?: SignalOption): Off;
  /** Tells each change of `status`; `error` says why where it is `refused`. Does not subscribe by itself. */
  onStatus(handler: (status: ChannelStatus, error?: RealtimeError) => unknown, options?: SignalOption): Off;
  /** Ends all listeners of this handle. Other handles of the same channel are not touched. */
  close(): void;
  /** Never there: it carries the types to functions that take a handle. */
  readonly types?: T;
}

/** Where the client's own warnings and errors go; `console` is one. */
export interface RealtimeLogger {
  warn(message: string, ...details: unknown[]): void;
  error(message: string, ...details: unknown[]): void;
}

/** The part of a `WebSocket` that the client uses. */
export interface RealtimeSocket {
  readonly readyState: number;
  onopen: ((event: never) => unknown) | null;
  onmessage: ((event: never) => unknown) | null;
  onclose: ((event: never) => unknown) | null;
  onerror: ((event: never) => unknown) | null;
  send(data: string): void;
  close(code?: number, reason?: string): void;
}

export interface RealtimeOptions {
  /**
   * The gateway's address: `wss://…`, `https://…` or a path of this origin. Default: the `content` of
   * `<meta name="signalbox-url">`, else `/realtime`.
   */
  readonly url?: string;
  /** Called once each time the gateway refuses this user: sign in again, or reload the page. */
  readonly onUnauthorized?: (error: RealtimeError) => unknown;
  /** Default: `console`. */
  readonly logger?: RealtimeLogger;
  /** Default: the browser's own. */
  readonly WebSocket?: new (
    url: string,
  ) => RealtimeSocket;
}

/** The connection that all channels of a page share. */
export interface RealtimeConnection {
  readonly status: RealtimeStatus;
  /** Of the contract that this page was built with: 12 hex digits. */
  readonly fingerprint: string;
  /** Tells each change of `status`; `error` says why where it is `unauthorized` or `closed`. */
  onStatus(handler: (status: RealtimeStatus, error?: RealtimeError) => unknown, options?: SignalOption): Off;
  /** Call it before the first subscription; a later change takes effect with the next connection. */
  configure(options: RealtimeOptions): void;
  /** Connects now rather than with the first subscription or the next retry; the way back after a sign-in. */
  connect(): void;
  /** Ends the connection for good: `connect()` opens it again, with the subscriptions that still have listeners. */
  close(): void;
}

/** The client of one contract: `realtime.room({ roomId: 1 })`, `realtime.inbox()`, and the connection itself. */
export type Realtime<Channels> = RealtimeConnection & {
  readonly [C in keyof Channels]: Channels[C] extends ChannelTypes
    ? Channels[C]["params"] extends object
      ? (params: Channels[C]["params"]) => ChannelHandle<Channels[C]>
      : () => ChannelHandle<Channels[C]>
    : never;
};

/** What the client must know of a channel at run time. */
export interface ContractChannel {
  /** `room:{roomId}` */
  readonly pattern: string;
  /** The parameter that the gateway fills with the connected user's id. */
  readonly perUser: string | null;
  /** Every parameter of the pattern. Enums and UUIDs are strings. */
  readonly params: Readonly<Record<string, "integer" | "string">>;
  readonly events: readonly string[];
  readonly commands: readonly string[];
}

/** The table that codegen writes. `Channels` maps each channel's identifier to its {@link ChannelTypes}. */
export interface Contract<Channels = Record<string, ChannelTypes>> {
  /** 12 hex digits. */
  readonly fingerprint: string;
  readonly channels: { readonly [C in keyof Channels]: ContractChannel };
  /** Never there: it carries the types to functions that take a contract. */
  readonly types?: Channels;
}
