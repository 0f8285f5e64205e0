import type { z } from "zod";

/** Who may subscribe: everyone, any signed-in user, whom Rails signed a subscription for, or whom `authorize` admits. */
export type Access = "public" | "session" | "signed" | "custom";

/** `ephemeral`: only who is there gets it. `durable`: history and replay. `latest`: the last value on subscribe. */
export type Delivery = "ephemeral" | "durable" | "latest";

/** How much of a durable channel is kept: `limit` messages, for `ttl` seconds. */
export interface History {
  readonly limit: number;
  readonly ttl: number;
}

/** Browser → gateway. Without `output` the browser gets an acknowledgement that carries no value. */
export interface CommandOptions {
  readonly input: z.ZodType;
  readonly output?: z.ZodType;
}

export interface Command<
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType | undefined = z.ZodType | undefined,
> {
  readonly input: Input;
  readonly output?: Output;
}

export interface ChannelOptions {
  /** One schema for each `{parameter}` of the pattern: a string, integer, enum or UUID. */
  readonly params?: Readonly<Record<string, z.ZodType>>;
  readonly access: Access;
  readonly delivery: Delivery;
  readonly history?: History;
  /** Fills this parameter from the connected user's id, so that nobody can ask for another user's channel. */
  readonly perUser?: string;
  readonly events?: Readonly<Record<string, z.ZodType>>;
  readonly commands?: Readonly<Record<string, CommandOptions>>;
  readonly presence?: z.ZodType;
  readonly description?: string;
  readonly deprecated?: boolean | string;
}

/** A channel as it was declared. Frozen plain data; codegen decides whether it is sound. */
export interface Channel<Pattern extends string = string, Options extends ChannelOptions = ChannelOptions> {
  readonly pattern: Pattern;
  readonly options: Options;
}

const brand = Symbol.for("signalbox.channel");

type ParamName<Pattern extends string> = Pattern extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParamName<Rest>
  : never;

/** What a pattern asks of its options: `params` names its placeholders, and `perUser` is one of them. */
type PlaceholdersOf<Pattern extends string> = [ParamName<Pattern>] extends [never]
  ? { readonly params?: Readonly<Record<string, never>>; readonly perUser?: never }
  : {
      readonly params: Readonly<Record<ParamName<Pattern>, z.ZodType>>;
      readonly perUser?: ParamName<Pattern>;
    };

/**
 * Declares a channel.
 *
 * @param pattern the channel's name, with a `{placeholder}` for each parameter: `"room:{roomId}"`
 * @example
 * export const room = channel("room:{roomId}", {
 *   params: { roomId: z.int() },
 *   access: "custom",
 *   delivery: "ephemeral",
 *   events: { messagePosted: Message },
 *   commands: { postMessage: { input: Draft, output: Message } },
 * });
 */
export function channel<const Pattern extends string, const Options extends ChannelOptions>(
  pattern: Pattern,
  options: Options & PlaceholdersOf<Pattern>,
): Channel<Pattern, Options> {
  return Object.freeze({ [brand]: true, pattern, options });
}

/** Whether a value was made by {@link channel}, of whichever copy of this package. */
export function isChannel(value: unknown): value is Channel {
  return typeof value === "object" && value !== null && brand in value;
}
