import type { Server } from "./definition.js";
import { type EnvironmentSettings, environmentOptions } from "./environment.js";
import { StartError } from "./errors.js";
import { startGateway } from "./start.js";

/**
 * A whole gateway process: starts from the environment, goes away gracefully on SIGTERM and SIGINT, and at once on the
 * second. What keeps it from starting is said in plain sentences on standard error, with exit code 1.
 */
export async function runGateway(server: Server, settings: EnvironmentSettings): Promise<void> {
  try {
    const gateway = await startGateway(server, environmentOptions(process.env, settings));
    let stopping = false;
    const stop = () => {
      if (stopping) process.exit(1);
      stopping = true;
      gateway.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    };
    process.on("SIGTERM", stop);
    process.on("SIGINT", stop);
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    for (const line of error.message.split("\n")) console.error(`signalbox: ${line}`);
    process.exit(1);
  }
}
