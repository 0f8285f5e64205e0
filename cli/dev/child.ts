/**
 * The gateway's process in development: `child.js <bundle> <root>`. Tells its parent whether it takes connections, and
 * ends when the parent does, however that happens.
 */
import { environmentOptions, startGateway } from "../../runtime/gateway/index.js";
import { describeError } from "../errors.js";
import { loadServer } from "../gateway/load-server.js";

export type ChildMessage =
  | { readonly kind: "listening" }
  | { readonly kind: "failed"; readonly reason: string };

/** A restart is no reason to wait: whoever is connected comes back at once. */
const limits = { drainMs: 500, drainSpreadMs: 0 };

let stop: () => void = () => process.exit(0);
process.on("SIGTERM", () => stop());
process.on("disconnect", () => stop());
// Ctrl-C reaches the whole group; the parent decides when this process ends.
process.on("SIGINT", () => undefined);

async function main(bundle: string, root: string): Promise<void> {
  const server = await loadServer(bundle, "the bundle");
  const { sessionCookie } = server.gateway.options;
  const options = environmentOptions(process.env, { mode: "development", root, sessionCookie });
  const gateway = await startGateway(server, { ...options, host: "127.0.0.1", limits });
  stop = () => {
    gateway.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  await tell({ kind: "listening" });
}

function tell(message: ChildMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined) throw new Error("signalbox dev starts this file");
    process.send(message, () => resolve());
  });
}

const [bundle = "", root = ""] = process.argv.slice(2);
main(bundle, root).catch(async (error: unknown) => {
  await tell({ kind: "failed", reason: describeError(error, process.env.SIGNALBOX_DEBUG === "1") });
  process.exit(1);
});
