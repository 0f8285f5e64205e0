/**
 * The shapes that users and generated code hand to the gateway. Generated code (`server/handlers.ts`) narrows them to
 * one contract; the gateway itself works on these.
 */
import type { SessionCookie } from "../auth/index.js";
import type { Channel } from "../contract/channel.js";

/** Generated code adds `publish: Publish` here, so that every context knows the contract's channels. */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging in generated code
export interface Register {}

/** `ctx.publish.room({ roomId }).messagePosted(message)`: typed by the generated code. */
export type Publish = Register extends { readonly publish: infer P } ? P : unknown;

/** Who is connected. `id` fills the parameter of `perUser` channels. */
export interface User {
  readonly id: string | number;
}

/** The handshake, for `identify`. Gone once the connection stands. */
export interface HandshakeRequest {
  /** The Rails session, if its cookie could be read. `null` says nothing about why not. */
  readonly session: Readonly<Record<string, unknown>> | null;
  readonly cookies: ReadonlyMap<string, string>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly origin: string | null;
  readonly address: string;
  readonly url: string;
}

/** Turns a handshake into a user, or `null` where nobody is signed in. What it throws is logged and means `null`. */
export type Identify<U extends User> = (request: HandshakeRequest) => U | null | Promise<U | null>;

/** Structured log: an object of fields, then a sentence. Never put cookies, payloads or keys into fields. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface ConnectionInfo {
  /** Unique over all gateways. */
  readonly id: string;
  readonly address: string;
  readonly origin: string | null;
  /** ms since 1970. */
  readonly connectedAt: number;
}

/** One connected browser, as handlers see it. */
export interface Context<U = User | null, State = unknown> {
  readonly user: U;
  /** What `connect` returned: yours to change, gone with the connection. */
  readonly state: State;
  readonly connection: ConnectionInfo;
  readonly publish: Publish;
  readonly log: Log;
  /** Aborted when the connection ends. */
  readonly signal: AbortSignal;
}

export interface GatewayOptions<U extends User, State> {
  /** Origins that may connect besides the gateway's own: exact, `https://app.example`. */
  readonly origins: readonly string[];
  /** The Rails session's cookie. `SESSION_KEY` and `RAILS_LOAD_DEFAULTS` in the environment go before it. */
  readonly sessionCookie?: SessionCookie;
  readonly identify: Identify<U>;
  /** Runs before the welcome; its value becomes `ctx.state`. A throw refuses the connection with 4403. */
  connect?(ctx: Omit<Context<U | null, undefined>, "state">): State | Promise<State>;
  disconnect?(ctx: Context<U | null, State>): void | Promise<void>;
}

/** What `gateway.ts` exports. */
export interface Gateway<U extends User = User, State = unknown> {
  readonly kind: "gateway";
  readonly options: GatewayOptions<U, State>;
}

export type UserOf<G> = G extends Gateway<infer U, infer _> ? U : never;
export type StateOf<G> = G extends Gateway<infer _, infer S> ? S : never;

/** What an `on` handler learns besides the payload. */
export interface EventMeta<Params> {
  readonly params: Params;
  readonly id: string | null;
  /** ms since 1970. */
  readonly at: number;
  readonly publish: Publish;
  readonly log: Log;
}

type Params = Readonly<Record<string, string | number>>;

/** `handlers/<channel>.ts`, as the gateway calls it; generated code gives each channel its own narrow type. */
export interface ChannelHandlers {
  /** For access `custom`: only the value `true`, or a promise of it, admits. */
  authorize?(ctx: Context<never, never>, params: never): unknown;
  readonly on?: Readonly<Record<string, (data: never, meta: EventMeta<never>) => unknown>>;
  readonly commands?: Readonly<
    Record<string, (ctx: Context<never, never>, input: never, params: never) => unknown>
  >;
}

/** Handlers of events, by name: `Events` maps each event of a channel to its payload. */
export type EventListeners<Events, Params> = {
  readonly [E in keyof Events]?: (data: Events[E], meta: EventMeta<Params>) => void | Promise<void>;
};

/** Handlers of commands, by name: `Commands` maps each to what it is given and what it answers. */
export type CommandHandlers<Commands, Ctx, Params> = {
  readonly [C in keyof Commands]: Commands[C] extends {
    readonly input: infer Input;
    readonly output: infer Output;
  }
    ? (ctx: Ctx, input: Input, params: Params) => Output | Promise<Output>
    : never;
};

/** One channel of a generated server: the live zod schemas beside what codegen found out about them. */
export interface ServerChannel {
  readonly name: string;
  readonly identifier: string;
  readonly channel: Channel;
  /** Fingerprints by event name. */
  readonly events: Readonly<Record<string, string>>;
  readonly handlers: ChannelHandlers | null;
}

/** What generated `server/index.ts` exports by default, and `signalbox start` runs. */
export interface Server {
  readonly kind: "server";
  readonly fingerprint: string;
  readonly zodVersion: string;
  /** Digest of zod's verdicts when the contract was generated; the installed zod must give the same. */
  readonly zodProbes: string;
  readonly gateway: Gateway<User, unknown>;
  readonly channels: readonly ServerChannel[];
}

export type { Params };
