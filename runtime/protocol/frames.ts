/**
 * What a browser and the gateway say to each other, as JSON inside Primus messages. `docs/protocol.md` is the
 * specification; this file is its types.
 */
import type { CloseCode, ErrorCode } from "./codes.js";

/** One thing that is wrong with a payload: where, zod's code for it, and a sentence. Never the value itself. */
export interface PayloadIssue {
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly message: string;
}

/** `ref` is the client's own number for a request; the answer bears it. A positive safe integer. */
export type ClientFrame =
  | { readonly type: "subscribe"; readonly ref: number; readonly channel: string }
  | { readonly type: "unsubscribe"; readonly ref: number; readonly channel: string }
  | {
      readonly type: "command";
      readonly ref: number;
      readonly channel: string;
      readonly command: string;
      readonly data: unknown;
    };

export interface WelcomeFrame {
  readonly type: "welcome";
  readonly connection: string;
  readonly fingerprint: string;
}

/** Carries nothing particular to one connection, so that it is built once for all subscribers. */
export interface EventFrame {
  readonly type: "event";
  readonly channel: string;
  readonly event: string;
  readonly data: unknown;
  /** The publisher's id of it; `null` for a bare payload, which has none. */
  readonly id: string | null;
  /** When it was published, in ms since 1970. */
  readonly at: number;
}

export interface ErrorFrame {
  readonly type: "error";
  /** Which request it answers; absent where it is about the connection. */
  readonly ref?: number;
  readonly code: ErrorCode | (string & {});
  readonly message: string;
  readonly issues?: readonly PayloadIssue[];
}

export type GatewayFrame =
  | WelcomeFrame
  | { readonly type: "subscribed"; readonly ref: number; readonly channel: string }
  | { readonly type: "unsubscribed"; readonly ref?: number; readonly channel: string }
  | EventFrame
  | { readonly type: "reply"; readonly ref: number; readonly data?: unknown }
  | ErrorFrame
  /** Messages may have been missed: on this channel, or on all where it is absent. */
  | { readonly type: "gap"; readonly channel?: string; readonly reason: "broker_reconnected" }
  /** The gateway goes away; come back after so many ms. */
  | { readonly type: "drain"; readonly retryAfter: number }
  /** Sent before a close whose code the client should know even where the transport hides it. */
  | { readonly type: "close"; readonly code: CloseCode; readonly reason: string };

/** Stands for the connected user's id in the name of a `perUser` channel: `inbox:@me`. */
export const ME = "@me";
