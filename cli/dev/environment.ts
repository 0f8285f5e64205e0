import { findSecrets } from "../../runtime/auth/index.js";
import { environmentOptions } from "../../runtime/gateway/index.js";
import { withDotenv } from "./dotenv.js";
import { type HeldPort, holdFreePort } from "./free-port.js";
import { developmentPublishKey, publishKeyFile } from "./publish-key.js";

/** Nobody else's business: what runs in development trusts every page of this machine. */
export const host = "127.0.0.1";

const noSecret = `
WARNING: no session can be read yet, so nobody is signed in: SECRET_KEY_BASE is not set, and Rails has no secret in its
credentials or in tmp/. It makes one in tmp/ when it starts; where it does not, put what this prints into .env as
SECRET_KEY_BASE, and start again:
  bin/rails runner 'puts Rails.application.secret_key_base'
`;

export interface DevelopmentEnvironment {
  readonly variables: NodeJS.ProcessEnv;
  /** `PORT`, until the first gateway listens on it. */
  readonly held: HeldPort;
}

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
): Promise<DevelopmentEnvironment> {
  const environment = withDotenv(root, process.env);
  const publishKey = environment.SIGNALBOX_PUBLISH_KEY?.trim() || developmentPublishKey(root);
  // The cookie's name may be in gateway.ts, which only the gateway's own process loads: it complains where it is not.
  const sessionCookie = { name: environment.SESSION_KEY?.trim() || "told by gateway.ts" };
  const options = environmentOptions(environment, { mode: "development", root, publishKey, sessionCookie });

  const wanted = wantedPort ?? options.port;
  const held = await holdFreePort(host, wanted);
  const { port } = held;
  if (port !== wanted) console.log(`Port ${wanted} is taken: the gateway takes ${port}.`);
  if (options.broker.kind === "memory") {
    const publishUrl = `http://${host}:${port}`;
    const key = environment.SIGNALBOX_PUBLISH_KEY?.trim() ? "SIGNALBOX_PUBLISH_KEY" : publishKeyFile;
    console.log(
      `REDIS_URL is not set: the gateway takes publishes at ${publishUrl}/publish with the key in ${key}.`,
    );
    tellWhereOtherwise(environment, "SIGNALBOX_URL", port, publishUrl);
  }
  tellWhereOtherwise(environment, "SIGNALBOX_GATEWAY_URL", port, `ws://localhost:${port}/realtime`);
  if (findSecrets({ environment, root, development: true }).length === 0) console.error(noSecret);
  return {
    held,
    variables: {
      ...environment,
      PORT: String(port),
      SIGNALBOX_PUBLISH_KEY: publishKey,
      ...(debug ? { SIGNALBOX_DEBUG: "1" } : {}),
    },
  };
}

/** Rails finds the gateway by itself, unless a variable sends it to another port of this machine. */
function tellWhereOtherwise(environment: NodeJS.ProcessEnv, name: string, port: number, right: string): void {
  const given = environment[name]?.trim();
  if (!given || !URL.canParse(given)) return;
  const url = new URL(given);
  if (!["localhost", host].includes(url.hostname) || url.port === String(port)) return;
  console.log(
    `${name} names port ${url.port}, where this gateway is not: remove it, or set ${name}=${right}.`,
  );
}
