import type { Digest, Encryption, PurposeRule } from "./settings.js";

/** Versions that `config.load_defaults` knows; `4.x` applications have no such line. */
export type RailsDefaults =
  | "4.0"
  | "4.1"
  | "4.2"
  | "5.0"
  | "5.1"
  | "5.2"
  | "6.0"
  | "6.1"
  | "7.0"
  | "7.1"
  | "7.2"
  | "8.0"
  | "8.1";

export interface Preset {
  /** PBKDF2's digest: `config.active_support.key_generator_hash_digest_class`. */
  readonly keyDigest: Digest;
  readonly encryption: readonly Encryption[];
  readonly purpose: PurposeRule;
}

const cbc: Preset = { keyDigest: "sha1", encryption: ["cbc"], purpose: "optional" };
const gcm: Preset = { keyDigest: "sha1", encryption: ["gcm"], purpose: "optional" };
const gcmWithPurpose: Preset = { ...gcm, purpose: "required" };
const sha256: Preset = { ...gcmWithPurpose, keyDigest: "sha256" };

/** How Rails writes cookies under each `config.load_defaults`. */
export const presets: Readonly<Record<RailsDefaults, Preset>> = {
  "4.0": cbc,
  "4.1": cbc,
  "4.2": cbc,
  "5.0": cbc,
  "5.1": cbc,
  "5.2": gcm,
  "6.0": gcmWithPurpose,
  "6.1": gcmWithPurpose,
  "7.0": sha256,
  "7.1": sha256,
  "7.2": sha256,
  "8.0": sha256,
  "8.1": sha256,
};

export function isRailsDefaults(version: string): version is RailsDefaults {
  return Object.hasOwn(presets, version);
}
