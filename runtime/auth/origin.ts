/** From where browsers may connect. */
export interface OriginPolicy {
  /** Exact origins, as {@link parseOrigins} checked them: `https://app.example`. */
  readonly allowed: readonly string[];
  /** Takes any port of `localhost` and `127.0.0.1`. Never in production: any local program could serve a page. */
  readonly development: boolean;
}

const loopback = /^https?:\/\/(localhost|127\.0\.0\.1)(:\d{1,5})?$/;

/**
 * Whether a handshake may go on. A browser sends cookies along with a WebSocket handshake from any page, so its
 * `Origin` is all that keeps a foreign page from acting as the user. Absent and `null` are refused: where a cookie is
 * the credential, a client that has no origin has no business.
 *
 * @param origin the `Origin` header
 * @param self the gateway's own origin with scheme and host as the browser sees them, `null` where not known
 */
export function isAllowedOrigin(
  origin: string | undefined,
  policy: OriginPolicy,
  self: string | null,
): boolean {
  if (origin === undefined || origin === "" || origin === "null") return false;
  return origin === self || policy.allowed.includes(origin) || (policy.development && loopback.test(origin));
}

/**
 * Checks a list of origins at start. What is not exactly an origin would never match, or match more than it says.
 *
 * @throws TypeError naming the entry and, where it can be told, its right spelling
 */
export function parseOrigins(origins: readonly string[]): readonly string[] {
  for (const origin of origins) {
    const canonical = URL.canParse(origin) ? new URL(origin).origin : "null";
    if (canonical === origin && /^https?:[^*]+$/.test(origin)) continue; // `new URL` takes "*" as a host's name
    const hint = /^https?:[^*]+$/.test(canonical) ? ` Write ${JSON.stringify(canonical)}.` : "";
    throw new TypeError(`${JSON.stringify(origin)} is not an origin (scheme, host and port only).${hint}`);
  }
  return [...origins];
}
