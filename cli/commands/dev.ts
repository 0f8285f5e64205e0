import { InvalidArgumentError } from "commander";
import type { RegisterSubcommand } from "../subcommand.js";

interface DevFlags {
  readonly config: string;
  readonly port?: number;
  readonly announce: boolean;
}

/** `signalbox dev`: codegen, bundle and gateway, anew on each change. */
export const registerDev: RegisterSubcommand = (program, finish) => {
  program
    .command("dev")
    .description("generate, bundle and run the gateway, again on each change")
    .option("-c, --config <file>", "the project's configuration", "signalbox.config.ts")
    .option("-p, --port <port>", "where to listen, on 127.0.0.1; the next free one if it is taken", parsePort)
    .option("--no-announce", "leave tmp/signalbox.json alone, for a gateway beside that of development")
    .addHelpText("after", environmentHelp)
    .action(async ({ config, port, announce }: DevFlags) => {
      const { dev } = await import("../dev/dev.js");
      finish(await dev(config, port, announce, program.opts().debug === true));
    });
};

const environmentHelp = `
Environment, also read from .env:
  SESSION_KEY             name of the Rails session cookie, _app_session; needed unless gateway.ts says it
  SECRET_KEY_BASE         as in Rails; without it, the secret in Rails' credentials or in tmp/
  REDIS_URL               without it the gateway has a broker of its own, to which Rails publishes over HTTP
  SIGNALBOX_PUBLISH_KEY   opens POST /publish; without it, the key in tmp/signalbox.key
  PORT                    where to listen: 8081
docs/gateway.md lists the others.`;

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port > 0 && port < 65_536) return port;
  throw new InvalidArgumentError("A port is a number from 1 to 65535.");
}
