import { join } from "node:path";
import { secretOfCredentials } from "./credentials.js";
import { isRailsDefaults, presets, type RailsDefaults } from "./presets.js";
import { readIfThere } from "./read-if-there.js";
import { checkSecret, SecretError } from "./secret.js";
import { type KeySource, railsSession, type SessionReader } from "./session.js";
import type { CookieSalts } from "./settings.js";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface SessionEnvironmentOptions {
  readonly environment: Environment;
  /** The Rails application's folder: where `tmp/` is. */
  readonly root: string;
  /** Takes the secrets that Rails has in development: in its credentials and in `tmp/`, beside `SECRET_KEY_BASE`. */
  readonly development: boolean;
  /** What `gateway.ts` says of the cookie. The environment goes before it. */
  readonly cookie?: SessionCookie | undefined;
}

/** The session's cookie, as the Rails application writes it. */
export interface SessionCookie {
  /** Rails' default is `_<application>_session`. */
  readonly name: string;
  /** `config.load_defaults` where it is below 7.0. Default: 7.0, which reads everything up to 8.1. */
  readonly loadDefaults?: RailsDefaults;
}

/** Where Rails 7.1 and later, and 5.2 to 7.0, put the secret that they make up in development. */
const secretFiles = ["tmp/local_secret.txt", "tmp/development_secret.txt"];

/** Names what {@link sessionFromEnvironment} needs and the environment lacks, so that all can be told at once. */
export function missingSessionVariables({
  environment,
  development,
  cookie,
}: Omit<SessionEnvironmentOptions, "root">): readonly string[] {
  const needed = [...(development ? [] : ["SECRET_KEY_BASE"]), ...(cookie ? [] : ["SESSION_KEY"])];
  return needed.filter((name) => !environment[name]?.trim());
}

/**
 * A session reader from `SECRET_KEY_BASE`, `SESSION_KEY` (the cookie's name, `_app_session`) and `RAILS_LOAD_DEFAULTS`
 * (both also in {@link SessionEnvironmentOptions.cookie}) and, where Rails' own are configured otherwise,
 * `AUTHENTICATED_ENCRYPTED_COOKIE_SALT`, `ENCRYPTED_COOKIE_SALT`, `ENCRYPTED_SIGNED_COOKIE_SALT`.
 *
 * In development Rails may not have made its secret yet; until it has, every cookie is answered with `no_secret`.
 *
 * @throws SecretError where a secret cannot be real; Error naming what is missing or wrong
 */
export function sessionFromEnvironment(
  options: SessionEnvironmentOptions,
): SessionReader<Readonly<Record<string, unknown>>> {
  const { environment } = options;
  const missing = missingSessionVariables(options);
  if (missing.length > 0) throw new SecretError(`Missing environment variables: ${missing.join(", ")}.`);
  const cookie = environment.SESSION_KEY?.trim() || (options.cookie?.name ?? "");
  const loadDefaults = parseLoadDefaults(
    environment.RAILS_LOAD_DEFAULTS?.trim() || (options.cookie?.loadDefaults ?? "7.0"),
  );
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
 * The secrets that Rails may be using. In development there can be several: Rails 7.2.0 to 7.2.2 read only their file
 * there, 7.1, 7.2.3 and later prefer `SECRET_KEY_BASE`, then the credentials, so all are tried.
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
  if (development) {
    const ofCredentials = secretOfCredentials(root, environment.RAILS_MASTER_KEY);
    if (ofCredentials !== null)
      secrets.push(checkSecret(ofCredentials, "secret_key_base in the credentials"));
    for (const file of secretFiles) {
      const text = readIfThere(join(root, file));
      if (text !== null) secrets.push(checkSecret(text, file));
    }
  }
  return [...new Set(secrets)];
}

function parseLoadDefaults(version: string): RailsDefaults {
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
