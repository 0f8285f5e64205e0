// @ts-check
// The line as a whole: the gateway of this repository and the Rails app of examples/rails, made to fit each other.
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "./ports.mjs";
import { answering, launch } from "./processes.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const app = fileURLToPath(new URL("../../examples/rails", import.meta.url));

/**
 * @typedef {object} Line
 * @property {string} url where Rails answers
 * @property {string} gatewayUrl where the gateway answers plain HTTP
 * @property {NodeJS.ProcessEnv} env what both sides were started with
 * @property {import("./processes.mjs").Launched} gateway
 * @property {import("./processes.mjs").Launched} rails
 * @property {() => Promise<void>} stop
 */

/**
 * What both sides must agree on.
 *
 * @param {number} gatewayPort
 * @returns {NodeJS.ProcessEnv}
 */
function shared(gatewayPort) {
  return {
    ...process.env,
    RAILS_ENV: "development",
    SECRET_KEY_BASE: randomBytes(64).toString("hex"),
    SESSION_KEY: "_example_session",
    SIGNALBOX_URL: `http://127.0.0.1:${gatewayPort}`,
    SIGNALBOX_GATEWAY_URL: `ws://localhost:${gatewayPort}/realtime`,
    SIGNALBOX_PUBLISH_KEY: randomBytes(32).toString("hex"),
  };
}

/**
 * Starts both and waits until both answer.
 *
 * @param {object} [options]
 * @param {NodeJS.ProcessEnv} [options.env] REDIS_URL, for example
 * @param {{ web: number, gateway: number }} [options.ports] taken where they are free; any others where not
 * @param {boolean} [options.quiet] whether Rails logs no requests, but only what goes wrong
 * @param {(name: string, line: string) => void} [options.onLine] what the two write
 * @returns {Promise<Line>}
 */
export async function startLine({ env: overrides = {}, ports, quiet = false, onLine } = {}) {
  const webPort = await freePort(ports?.web);
  const gatewayPort = await freePort(ports?.gateway);
  const database = mkdtempSync(join(tmpdir(), "signalbox-line-")); // each line begins with an empty one
  process.once("exit", () => rmSync(database, { recursive: true, force: true }));
  const env = {
    ...shared(gatewayPort),
    DATABASE_URL: `sqlite3:${join(database, "development.sqlite3")}`,
    ...overrides,
  };
  const gateway = launch("gateway", [process.execPath, "bin/signalbox.js", "dev", "--no-announce"], {
    cwd: root,
    env: { ...env, PORT: String(gatewayPort) },
    onLine: (line) => onLine?.("gateway", line),
  });
  const rails = launch("rails", ["bundle", "exec", "puma"], {
    cwd: app,
    env: { ...env, PORT: String(webPort), ...(quiet && { LOG_LEVEL: "warn" }) },
    onLine: (line) => onLine?.("rails", line),
  });
  const stop = async () => {
    await Promise.all([rails.stop(), gateway.stop()]);
  };

  const url = `http://localhost:${webPort}`;
  const gatewayUrl = `http://localhost:${gatewayPort}`;
  try {
    await Promise.all([answering(gateway, `${gatewayUrl}/readyz`), answering(rails, `${url}/up`)]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, gatewayUrl, env, gateway, rails, stop };
}
