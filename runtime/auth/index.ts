/**
 * `signalbox/cookies`: reads what Rails wrote. Formats, limits and advice: `docs/cookies.md`.
 */
export { parseCookieHeader } from "./cookie-header.js";
export {
  type Environment,
  findSecrets,
  missingSessionVariables,
  type SessionCookie,
  type SessionEnvironmentOptions,
  sessionFromEnvironment,
} from "./environment.js";
export type { EnvelopeFailure, MessageFailure, SessionFailure } from "./failures.js";
export { type NodeRailsCookiesOptions, nodeRailsCookies } from "./node-rails-cookies.js";
export { isAllowedOrigin, type OriginPolicy, parseOrigins } from "./origin.js";
export type { RailsDefaults } from "./presets.js";
export { checkSecret, SecretError } from "./secret.js";
export {
  type CookieSelector,
  type KeySource,
  type RailsSessionOptions,
  railsSession,
  type SessionReader,
  type SessionResult,
} from "./session.js";
export type { CookieSalts, DerivedCookieKeys, Digest, Encryption, PurposeRule } from "./settings.js";
