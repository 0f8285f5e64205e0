/** Codes of `error` frames that the gateway itself gives. Handlers may add their own with `RealtimeError`. */
export const errorCodes = [
  "malformed_frame",
  "unknown_channel",
  "unknown_command",
  "not_subscribed",
  "forbidden",
  "authorization_failed",
  "invalid_input",
  "too_large",
  "too_many_subscriptions",
  "too_many_requests",
  "unavailable",
  "internal",
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** WebSocket close codes (RFC 6455 §7.4: 4000–4999 are the application's). */
export const closeCodes = {
  /** The gateway goes away or restarts: come back. */
  restart: 1012,
  notAuthenticated: 4401,
  notAllowed: 4403,
  tooSlow: 4408,
  revoked: 4409,
  contractTooOld: 4426,
  tooMany: 4429,
} as const;

export type CloseCode = (typeof closeCodes)[keyof typeof closeCodes];
