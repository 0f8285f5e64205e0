import type { IncomingMessage } from "node:http";
import { TLSSocket } from "node:tls";
import { isAllowedOrigin, type OriginPolicy, parseCookieHeader } from "../auth/index.js";
import type { HandshakeRequest, User } from "./definition.js";
import type { GatewayServices } from "./gateway.js";

/** Whether the request comes from a page that may connect. Nothing of the cookie has been looked at yet. */
export function isAllowed(request: IncomingMessage, policy: OriginPolicy): boolean {
  return isAllowedOrigin(request.headers.origin, policy, ownOrigin(request));
}

/**
 * The gateway's own origin as the browser sees it. A proxy that ends TLS says so in X-Forwarded-Proto; a page cannot
 * set that header on a WebSocket handshake, so believing it lets no foreign page in.
 */
function ownOrigin(request: IncomingMessage): string | null {
  const { host, "x-forwarded-proto": forwarded } = request.headers;
  if (host === undefined) return null;
  const encrypted = request.socket instanceof TLSSocket;
  const scheme =
    typeof forwarded === "string" ? forwarded.split(",", 1)[0]?.trim() : encrypted ? "https" : "http";
  return `${scheme}://${host}`;
}

/** Who is there. What is wrong with a credential is logged and counted, and told to nobody outside. */
export async function identify(
  services: GatewayServices,
  request: IncomingMessage,
  address: string,
): Promise<User | null> {
  const { definition, readSession, metrics, log } = services;
  const result = readSession(request.headers.cookie);
  if (!result.ok) {
    metrics.authFailuresTotal.inc({ reason: result.reason });
    log.info({ reason: result.reason, address }, "no session");
  }
  const handshake: HandshakeRequest = {
    session: result.ok ? result.value : null,
    cookies: parseCookieHeader(request.headers.cookie),
    headers: request.headers,
    origin: request.headers.origin ?? null,
    address,
    url: request.url ?? "",
  };
  try {
    return await definition.identify(handshake);
  } catch (error) {
    metrics.authFailuresTotal.inc({ reason: "identify" });
    log.error({ error, address }, "identify threw; nobody is signed in");
    return null;
  }
}
