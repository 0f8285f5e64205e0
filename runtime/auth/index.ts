/**
 * `signalbox/cookies`: reads what Rails wrote. Formats, limits and advice: `docs/cookies.md`.
 */
export { parseCookieHeader } from "./cookie-header.js";
export type { PurposeRule } from "./envelope.js";
export {
  type Environment,
  findSecrets,
  missingSessionVariables,
  type SessionEnvironmentOptions,
  sessionFromEnvironment,
} from "./environment.js";
export type { CookieSalts, DerivedCookieKeys, Digest } from "./keys.js";
export type { Encryption } from "./message.js";
export { type NodeRailsCookiesOptions, nodeRailsCookies } from "./node-rails-cookies.js";
export { isAllowedOrigin, type OriginPolicy, parseOrigins } from "./origin.js";
export type { RailsDefaults } from "./presets.js";
export { checkSecret, SecretError } from "./secret.js";
export {
  type CookieSelector,
  type KeySource,
  type RailsSessionOptions,
  railsSession,
  type SessionFailure,
  type SessionReader,
  type SessionResult,
} from "./session.js";
