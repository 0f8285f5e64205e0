/**
 * The gateway's process in development: `child.js <bundle> <root>`. Loads and checks the gateway, tells its parent so,
 * and takes connections once it is told to. Ends when the parent does, however that happens.
 */
import { environmentOptions, StartError } from "../../runtime/gateway/index.js";
import { prepareGateway } from "../../runtime/gateway/start.js";
import { describeError } from "../errors.js";
import { loadServer } from "../gateway/load-server.js";

export type ChildMessage =
  | { readonly kind: "ready" | "listening" }
  | {
      readonly kind: "failed";
      readonly reason: string;
      /** Whether a change of the project's code can mend it. */
      readonly inCode: boolean;
    };

export type ParentMessage = { readonly kind: "listen" };

/** A restart is no reason to wait: whoever is connected comes back at once. */
const limits = { drainMs: 500, drainSpreadMs: 0 };

let stop: () => void = () => process.exit(0);
process.on("SIGTERM", () => stop());
process.on("disconnect", () => stop());
// Ctrl-C reaches the whole group; the parent decides when this process ends.
process.on("SIGINT", () => undefined);

async function main(bundle: string, root: string): Promise<void> {
  const told = new Promise<void>((resolve) => {
    process.once("message", (_message: ParentMessage) => resolve());
  });
  const server = await loadServer(bundle, "the bundle");
  const { sessionCookie } = server.gateway.options;
  const options = environmentOptions(process.env, { mode: "development", root, sessionCookie });
  const ready = await prepareGateway(server, { ...options, host: "127.0.0.1", limits });
  await tell({ kind: "ready" });
  await told;
  const gateway = await ready.listen();
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
  const reason = describeError(error, process.env.SIGNALBOX_DEBUG === "1");
  await tell({ kind: "failed", reason, inCode: !(error instanceof StartError) || error.inCode });
  process.exit(1);
});
