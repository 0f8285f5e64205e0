import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isRailsDefaults, presets, type RailsDefaults } from "./presets.js";
import { checkSecret, SecretError } from "./secret.js";
import { type KeySource, railsSession, type SessionReader } from "./session.js";
import type { CookieSalts } from "./settings.js";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface SessionEnvironmentOptions {
  readonly environment: Environment;
  /** The Rails application's folder: where `tmp/` is. */
  readonly root: string;
  /** Takes the secret that Rails keeps in `tmp/` in development, beside `SECRET_KEY_BASE`. */
  readonly development: boolean;
}

/** Where Rails 7.1 and later, and 5.2 to 7.0, put the secret that they make up in development. */
const secretFiles = ["tmp/local_secret.txt", "tmp/development_secret.txt"];

/** Names what {@link sessionFromEnvironment} needs and the environment lacks, so that all can be told at once. */
export function missingSessionVariables(environment: Environment, development: boolean): readonly string[] {
  const needed = development ? ["SESSION_KEY"] : ["SECRET_KEY_BASE", "SESSION_KEY"];
  return needed.filter((name) => !environment[name]?.trim());
}

/**
 * A session reader from `SECRET_KEY_BASE`, `SESSION_KEY` (the cookie's name, `_app_session`), `RAILS_LOAD_DEFAULTS`
 * (default: 7.0, which reads everything up to 8.1) and, where Rails' own are configured otherwise,
 * `AUTHENTICATED_ENCRYPTED_COOKIE_SALT`, `ENCRYPTED_COOKIE_SALT`, `ENCRYPTED_SIGNED_COOKIE_SALT`.
 *
 * In development Rails may not have made its secret yet; until it has, every cookie is answered with `no_secret`.
 *
 * @throws SecretError where a secret cannot be real; Error naming what is missing or wrong
 */
export function sessionFromEnvironment(
  options: SessionEnvironmentOptions,
): SessionReader<Readonly<Record<string, unknown>>> {
  const { environment, development } = options;
  const missing = missingSessionVariables(environment, development);
  if (missing.length > 0) throw new SecretError(`Missing environment variables: ${missing.join(", ")}.`);
  const cookie = environment.SESSION_KEY?.trim() ?? "";
  const loadDefaults = parseLoadDefaults(environment.RAILS_LOAD_DEFAULTS);
  const salts = saltsOf(environment);

  const makeReader = () => {
    const [current, ...older] = findSecrets(options).map(
      (secretKeyBase): KeySource => ({ secretKeyBase, salts }),
    );
    return current ? railsSession({ ...current, rotations: older, loadDefaults, cookie }) : null;
  };
  let reader = makeReader();
  return (cookieHeader) => {
    reader ??= makeReader();
    return reader ? reader(cookieHeader) : { ok: false, reason: "no_secret" };
  };
}

/**
 * The secrets that Rails may be using. In development there can be two: Rails 7.2.0 to 7.2.2 read only their
 * file there, 7.1, 7.2.3 and later prefer `SECRET_KEY_BASE`, so both are tried.
 *
 * @throws SecretError
 */
export function findSecrets({
  environment,
  root,
  development,
}: SessionEnvironmentOptions): readonly string[] {
  const secrets: string[] = [];
  const given = environment.SECRET_KEY_BASE;
  if (given?.trim()) secrets.push(checkSecret(given, "SECRET_KEY_BASE"));
  for (const file of development ? secretFiles : []) {
    const text = readIfThere(join(root, file));
    if (text !== null) secrets.push(checkSecret(text, file));
  }
  return [...new Set(secrets)];
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

function parseLoadDefaults(text: string | undefined): RailsDefaults {
  const version = text?.trim() || "7.0";
  if (isRailsDefaults(version)) return version;
  throw new Error(
    `RAILS_LOAD_DEFAULTS is ${JSON.stringify(version)}; it must be one of ${Object.keys(presets).join(", ")}, as in config.load_defaults.`,
  );
}

function saltsOf(environment: Environment): CookieSalts {
  const entries = {
    authenticatedEncryptedCookie: environment.AUTHENTICATED_ENCRYPTED_COOKIE_SALT,
    encryptedCookie: environment.ENCRYPTED_COOKIE_SALT,
    encryptedSignedCookie: environment.ENCRYPTED_SIGNED_COOKIE_SALT,
  };
  return Object.fromEntries(Object.entries(entries).filter(([, salt]) => salt));
}
