import { once } from "node:events";
import { createServer } from "node:http";
import { type Browser, chromium, type Page } from "playwright-core";
import { executablePath, flags } from "../../scripts/line/browser.mjs";

/** A real, headless Chromium: launched once for a test file, closed at its end. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: flags,
    // Playwright turns the back/forward cache off; people have it.
    ignoreDefaultArgs: ["--disable-back-forward-cache"],
  });
}

export interface ServedPage {
  readonly body: string;
  /** Default: `text/html`. */
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface PageServer {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  close(): Promise<void>;
}

/** Serves what a test wants a browser to load, from a free port. Anything else is a 404. */
export async function servePages(pages: Readonly<Record<string, ServedPage>>): Promise<PageServer> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://page");
    const page = Object.hasOwn(pages, pathname) ? pages[pathname] : undefined;
    if (!page) return response.writeHead(404).end();
    response
      .writeHead(200, { "content-type": `${page.type ?? "text/html"}; charset=utf-8`, ...page.headers })
      .end(page.body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("no port");
  return {
    origin: `http://127.0.0.1:${address.port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Waits for what the client writes into the page for system tests: `<html data-signalbox-status="open">`. */
export async function waitForStatus(page: Page, status: string): Promise<void> {
  await page.locator(`html[data-signalbox-status="${status}"]`).waitFor({ state: "attached" });
}
