import { resolve } from "node:path";
import { exitCode } from "../exit-codes.js";
import type { RegisterSubcommand } from "../subcommand.js";

interface StartFlags {
  readonly memory?: boolean;
}

/** `signalbox start`: runs what `signalbox build` made, in production. */
export const registerStart: RegisterSubcommand = (program, finish) => {
  program
    .command("start")
    .description("run the built gateway in production")
    .argument("[bundle]", "what `signalbox build` made", "dist/gateway.mjs")
    .option(
      "--memory",
      "a broker of the gateway's own instead of Redis: for one gateway, and nothing outlives it",
    )
    .addHelpText("after", environmentHelp)
    .action(async (bundle: string, { memory = false }: StartFlags) => {
      const { start } = await import("../gateway/start.js");
      await start(resolve(bundle), bundle, memory);
      finish(exitCode.ok);
    });
};

const environmentHelp = `
Environment:
  SECRET_KEY_BASE         as in Rails; needed
  SESSION_KEY             name of the session cookie, _app_session; needed unless gateway.ts says it
  REDIS_URL               needed, unless --memory is given
  SIGNALBOX_PUBLISH_KEY   opens POST /publish; needed with --memory
  PORT, HOST              where to listen: 8081, on all addresses
docs/gateway.md lists the others.

Ctrl-C or SIGTERM ends it gracefully, a second one at once.`;
