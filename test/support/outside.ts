import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { executablePath } from "../../scripts/line/browser.mjs";
import { freePort } from "../../scripts/line/ports.mjs";
import { answering, launch } from "../../scripts/line/processes.mjs";
import { root } from "./ruby.js";

/** What runs here for Ruby that runs in another root, which has neither Node nor Chromium; the network is the same. */
export interface Outside {
  /** What that Ruby is told of it. */
  readonly env: NodeJS.ProcessEnv;
  stop(): Promise<void>;
}

/**
 * An executable that is Chromium, for whoever starts it in the other root. Each session starts one of its own: several
 * that share a running one over its debugging port end each other's pages.
 */
export async function chromiumOutside(): Promise<Outside> {
  const folder = await mkdtemp(join(tmpdir(), "signalbox-chromium-"));
  const file = join(folder, "chromium");
  // The other root has this one's /proc and folder of temporary files.
  const script = `#!/bin/sh\nexec chroot /proc/${process.pid}/root ${executablePath} "$@"\n`;
  await writeFile(file, script, { mode: 0o700 });
  return { env: { CHROMIUM: file }, stop: () => rm(folder, { recursive: true, force: true }) };
}

/** The gateway of this repository, as `Signalbox::Testing::Gateway` starts it elsewhere. */
export async function gatewayOutside(): Promise<Outside> {
  const port = await freePort();
  const shared = {
    SECRET_KEY_BASE: randomBytes(64).toString("hex"),
    SIGNALBOX_PUBLISH_KEY: randomBytes(32).toString("hex"),
  };
  const env = {
    ...process.env,
    ...shared,
    SESSION_KEY: "_example_session",
    REDIS_URL: "",
    PORT: String(port),
  };
  const command = [process.execPath, "bin/signalbox.js", "dev", "--no-announce"] as const;
  const gateway = launch("gateway", [...command], { cwd: root, env });
  const url = `http://127.0.0.1:${port}`;
  await answering(gateway, `${url}/readyz`);
  return { env: { ...shared, SIGNALBOX_TEST_URL: url }, stop: () => gateway.stop() };
}
