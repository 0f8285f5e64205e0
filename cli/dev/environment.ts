import { environmentOptions } from "../../runtime/gateway/index.js";
import { withDotenv } from "./dotenv.js";
import { firstFreePort } from "./free-port.js";
import { developmentPublishKey, publishKeyFile } from "./publish-key.js";

/** Nobody else's business: what runs in development trusts every page of this machine. */
export const host = "127.0.0.1";

/**
 * What the gateway's process gets in development: `.env`, a free port, and a publish key where it needs one. Says what
 * it has decided.
 *
 * @throws StartError naming every variable that is missing
 */
export async function developmentEnvironment(
  root: string,
  wantedPort: number | undefined,
  debug: boolean,
): Promise<NodeJS.ProcessEnv> {
  const environment = withDotenv(root, process.env);
  const publishKey = environment.SIGNALBOX_PUBLISH_KEY?.trim() || developmentPublishKey(root);
  const options = environmentOptions(environment, { mode: "development", root, publishKey });

  const wanted = wantedPort ?? options.port;
  const port = await firstFreePort(host, wanted);
  if (port !== wanted) {
    console.log(
      `Port ${wanted} is taken: the gateway takes ${port}. Rails and the pages must be told, if they name it.`,
    );
  }
  if (options.broker.kind === "memory") {
    const key = environment.SIGNALBOX_PUBLISH_KEY?.trim() ? "SIGNALBOX_PUBLISH_KEY" : publishKeyFile;
    console.log(
      `REDIS_URL is not set: Rails publishes to http://${host}:${port}/publish with the key in ${key}.`,
    );
  }
  return {
    ...environment,
    PORT: String(port),
    SIGNALBOX_PUBLISH_KEY: publishKey,
    ...(debug ? { SIGNALBOX_DEBUG: "1" } : {}),
  };
}
