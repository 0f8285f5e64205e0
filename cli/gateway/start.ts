import { environmentOptions, startGateway } from "../../runtime/gateway/index.js";
import { loadServer } from "./load-server.js";
import { startedByNpm, untilParentEnds } from "./until-parent-ends.js";
import { untilSignal } from "./until-signal.js";

/**
 * Runs a bundle in production until somebody ends this process, or the npm that started it: a daemon may well outlive
 * another parent.
 *
 * @param shown the bundle's path as it was given, for messages
 * @throws CommandError, StartError in words for whoever started it
 */
export async function start(bundle: string, shown: string, memory: boolean): Promise<void> {
  const ends = startedByNpm(process.env) ? [untilParentEnds()] : [];
  const server = await loadServer(bundle, shown);
  const options = environmentOptions(process.env, {
    mode: "production",
    root: process.cwd(),
    sessionCookie: server.gateway.options.sessionCookie,
    ...(memory ? { memory } : {}),
  });
  const gateway = await startGateway(server, options);
  await Promise.race([untilSignal(), ...ends]);
  await gateway.stop();
}
