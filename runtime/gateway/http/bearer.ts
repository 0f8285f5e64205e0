import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** Whether the request bears this key. Takes the same time whatever it bears. */
export function bearsKey(request: IncomingMessage, key: string): boolean {
  const [, given] = /^bearer (.*)$/i.exec(request.headers.authorization ?? "") ?? [];
  return timingSafeEqual(digest(given ?? ""), digest(key)) && given !== undefined;
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
