import { readFile } from "node:fs/promises";
import type { Realtime } from "signalbox/client";
import type { Channels, contract } from "./contract.js";

/** What the test pages put on `window`. */
declare global {
  interface Window {
    realtime: Realtime<Channels>;
    /** What the page's listeners heard. */
    heard: string[];
  }
}

/** The client as codegen writes it: the core that was built, then the contract's table. */
export async function generatedClient(table: typeof contract): Promise<string> {
  const core = await readFile(new URL("../../dist/client-core.js", import.meta.url), "utf8");
  return `${core}\nexport const realtime = createRealtime(${JSON.stringify(table)});\n`;
}

/** A page as Rails would serve it: the gateway's address in a meta tag, one module, a strict Content-Security-Policy. */
export function pageWith(
  gatewayUrl: string,
  script: string,
): { body: string; headers: Record<string, string> } {
  const nonce = "r4nd0m";
  const gateway = new URL(gatewayUrl).host;
  return {
    headers: {
      "content-security-policy": `default-src 'none'; script-src 'self' 'nonce-${nonce}'; connect-src ws://${gateway}; require-trusted-types-for 'script'`,
    },
    body: `<!doctype html>
<html lang="en"><head><meta name="signalbox-url" content="${gatewayUrl}"><title>test</title></head>
<body><script type="module" nonce="${nonce}">
import { realtime } from "/realtime.js";
Object.assign(window, { realtime, heard: [] });
${script}
</script></body></html>`,
  };
}
