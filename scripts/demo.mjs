// @ts-check
// `npm run demo`: the whole line on this machine. `-- --verbose` shows Rails' requests too, `-- --headless` drives one
// round trip in Chromium and ends.
import { spawnSync } from "node:child_process";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";
import { readArguments } from "./arguments.mjs";
import { roundTrip } from "./demo/round-trip.mjs";
import { startLine } from "./line/line.mjs";
import { stopAll } from "./line/processes.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const { headless, verbose } = readArguments({
  headless: { type: "boolean", default: false },
  verbose: { type: "boolean", default: false },
});

let leaving = false;

/** @param {number} status */
async function leave(status) {
  if (leaving) return;
  leaving = true;
  await stopAll();
  process.exit(status);
}

for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  const status = 128 + constants.signals[signal];
  process.on(signal, () => (leaving ? process.exit(status) : leave(status))); // asked twice: at once
}

/** @param {...string} args a script of ours, to its end */
function run(...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

run("scripts/setup.mjs", "--for", headless ? "headless" : "demo");
run("scripts/build.mjs");
run("bin/signalbox.js", "codegen");

try {
  const ports = { web: 3000, gateway: 8081 };
  const line = await startLine({
    ports,
    quiet: !verbose, // requests would scroll the address away
    ...(!headless && { onLine: (name, text) => console.log(`${name.padEnd(7)} | ${text}`) }),
  });
  if (headless) {
    await roundTrip(line.url);
    await leave(0);
  }
  for (const [port, url] of /** @type {const} */ ([
    [ports.web, line.url],
    [ports.gateway, line.gatewayUrl],
  ])) {
    if (new URL(url).port !== String(port)) console.log(`Port ${port} is taken: ${url} is used instead.`);
  }
  console.log(`
  Open ${line.url}
  Sign in with any name; in a second browser or a private window be somebody else. Ctrl-C ends it.
  Messages go through ${process.env.REDIS_URL ? "Redis" : "the gateway's memory broker"}; the gateway is at ${line.gatewayUrl}.
`);
  const how = await Promise.race(
    [line.gateway, line.rails].map(async ({ name, ended }) => `The ${name} process has ${await ended}.`),
  );
  throw new Error(how);
} catch (error) {
  if (!leaving) console.error(error instanceof Error ? error.message : error);
  await leave(1);
}
