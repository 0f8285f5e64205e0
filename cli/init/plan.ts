import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import { CommandError } from "../errors.js";
import { doubtsOf } from "./app/doubts.js";
import { fileOfConstant } from "./app/events-constant.js";
import { clientFolder, type JavascriptKind, javascriptKind } from "./app/javascript.js";
import { packageManager } from "./app/packages.js";
import { type RailsApp, readRailsApp } from "./app/rails-app.js";
import { sessionCookie } from "./app/session-cookie.js";
import type { Plan, ProjectLayout } from "./step.js";

interface Wanted {
  readonly root: string;
  readonly javascript: JavascriptKind | undefined;
  readonly rubyModule: string | undefined;
}

/**
 * Reads the application, and the configuration where there is one already: what is in it goes before all defaults.
 *
 * @returns `null` where that configuration is broken; what is wrong has been told on standard error
 * @throws CommandError
 */
export async function makePlan({ root, javascript: wanted, rubyModule }: Wanted): Promise<Plan | null> {
  const app = readRailsApp(root);
  const javascript = javascriptKind(app, wanted);
  const layout = existsSync(join(root, "signalbox.config.ts"))
    ? await layoutOfConfiguration(root, rubyModule)
    : defaultLayout(app, javascript, rubyModule ?? "Events");
  if (layout === null) return null;
  const cookie = sessionCookie(app);
  const doubts = [...cookie.doubts, ...doubtsOf(app, javascript, layout.outputs)];
  return { app, javascript, packageManager: packageManager(root), cookie, doubts, layout };
}

function defaultLayout(app: RailsApp, javascript: JavascriptKind, rubyModule: string): ProjectLayout {
  return {
    schema: "realtime/schema",
    handlers: "realtime/handlers",
    gateway: "realtime/gateway.ts",
    rubyModule,
    outputs: {
      ruby: posix.join("app/events", fileOfConstant(rubyModule)),
      rubyRuntime: "vendor/signalbox",
      rbs: "sig",
      client: clientFolder(app, javascript),
      server: "realtime/generated",
    },
  };
}

async function layoutOfConfiguration(
  root: string,
  rubyModule: string | undefined,
): Promise<ProjectLayout | null> {
  const { loadConfig } = await import("../../codegen/load/index.js");
  const { config, diagnostics } = await loadConfig(root);
  if (config === null) {
    const { report } = await import("../codegen/report.js");
    console.error(report(diagnostics, "text", root));
    return null;
  }
  const { outputs, rubyModule: configured = "Events" } = config;
  if (rubyModule !== undefined && rubyModule !== configured) {
    throw new CommandError(
      `signalbox.config.ts names the Ruby module ${configured}: change rubyModule and outputs.ruby there.`,
    );
  }
  const { ruby, rubyRuntime, server } = outputs;
  if (ruby === undefined || rubyRuntime === undefined || server === undefined) {
    throw new CommandError(
      "signalbox.config.ts lacks outputs.ruby, outputs.rubyRuntime or outputs.server: a Rails application with a gateway needs all three.",
    );
  }
  return { ...config, rubyModule: configured, outputs: { ...outputs, ruby, rubyRuntime, server } };
}
