/** How a Rails application is set up, as far as its cookies show it. Types only: nothing here needs Node's. */

export type Digest = "sha1" | "sha256";

/** How an encrypted cookie is written: AES-256-GCM (Rails 5.2 and later), AES-256-CBC with an HMAC (before). */
export type Encryption = "gcm" | "cbc";

/** Whether a cookie must say which name it was written for. */
export type PurposeRule = "required" | "optional";

/** Rails' `config.action_dispatch.*_salt`. The defaults are Rails' own. */
export interface CookieSalts {
  /** `authenticated_encrypted_cookie_salt` (GCM). */
  readonly authenticatedEncryptedCookie?: string;
  /** `encrypted_cookie_salt` (CBC, the cipher's key). */
  readonly encryptedCookie?: string;
  /** `encrypted_signed_cookie_salt` (CBC, the MAC's key). */
  readonly encryptedSignedCookie?: string;
  /** `signed_cookie_salt`. */
  readonly signedCookie?: string;
}

/**
 * Keys that Rails derived, each in Base64: a gateway that has them cannot derive the application's other keys, as one
 * with `secret_key_base` can. In Rails: `Rails.application.key_generator.generate_key(salt, length)`.
 */
export interface DerivedCookieKeys {
  /** `generate_key("authenticated encrypted cookie", 32)` */
  readonly authenticatedEncryptedCookie?: string;
  /** `generate_key("encrypted cookie", 32)` */
  readonly encryptedCookie?: string;
  /** `generate_key("signed encrypted cookie", 64)` */
  readonly encryptedSignedCookie?: string;
  /** `generate_key("signed cookie", 64)` */
  readonly signedCookie?: string;
}
