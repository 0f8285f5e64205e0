import type { Off } from "./types.js";

export interface PageEvents {
  /** The page is looked at again, came back, or has network again: time to see whether the connection lives. */
  woken(): void;
  /** The browser says that the network is gone. It may be wrong. */
  offline(): void;
  /** The page is left; it may come back out of the back/forward cache, which an open WebSocket would keep it out of. */
  hidden(): void;
}

/** Follows the life of the page, where there is one. No unload handler: those cost the back/forward cache too. */
export function watchPage(events: PageEvents): Off {
  if (!globalThis.document) return () => {};
  const end = new AbortController();
  const { signal } = end;
  addEventListener("online", events.woken, { signal });
  addEventListener("offline", events.offline, { signal });
  addEventListener("pagehide", events.hidden, { signal });
  addEventListener("pageshow", (event) => event.persisted && events.woken(), { signal });
  document.addEventListener("visibilitychange", () => document.hidden || events.woken(), { signal });
  return () => end.abort();
}

export function isOffline(): boolean {
  return globalThis.navigator?.onLine === false;
}

/** For system tests (docs/client.md): they wait for `<html data-signalbox-status="open">` or for one of the channels. */
export function showOnPage(what: "status" | "channels", value: string): void {
  globalThis.document?.documentElement.setAttribute(`data-signalbox-${what}`, value);
}

/**
 * Where the gateway is.
 *
 * @param configured `wss://…`, `https://…` or a path of this origin
 * @throws TypeError outside a page, where it is not configured in full
 */
export function gatewayUrl(configured: string | undefined): string {
  const meta = globalThis.document?.querySelector<HTMLMetaElement>('meta[name="signalbox-url"]');
  const url = new URL(configured ?? meta?.content ?? "/realtime", globalThis.location?.href);
  url.protocol = url.protocol.replace("http", "ws");
  url.hash = "";
  return url.href;
}
