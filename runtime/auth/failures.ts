/** What a cookie's cryptography can show. */
export type MessageFailure =
  /** Not the shape of such a cookie: wrong number of parts, or a MAC of another length. */
  | "format"
  | "base64"
  | "iv_length"
  | "tag_length"
  /** No key made this GCM tag: altered, another secret, or another key digest. */
  | "tag"
  /** No key made this MAC. */
  | "mac"
  /** The MAC is right and the ciphertext is not: written by something else than Rails. */
  | "cipher";

/** What Rails' envelope can show. */
export type EnvelopeFailure =
  | "base64"
  /** Begins like Rails' envelope and is not one. */
  | "envelope"
  | "expiry_format"
  | "expired"
  /** Written for another name, or, where one is required, for none. */
  | "purpose"
  /** Required, and the value has no envelope at all. */
  | "purpose_missing";

/** Why a cookie was not taken: for logs and metrics. Whoever sent it must not learn it. */
export type SessionFailure =
  | MessageFailure
  | EnvelopeFailure
  | "missing"
  | "too_long"
  | "utf8"
  | "json"
  /** The application writes Marshal cookies: set `config.action_dispatch.cookies_serializer = :hybrid`, then `:json`. */
  | "marshal"
  /** The application writes MessagePack cookies: set `config.action_dispatch.cookies_serializer = :json`. */
  | "message_pack"
  /** Development only: neither `SECRET_KEY_BASE` nor Rails' own file in `tmp/` is there yet. */
  | "no_secret"
  /** A session is a Hash, and this is not. */
  | "not_an_object";
