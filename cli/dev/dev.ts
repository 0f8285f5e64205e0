import { rmSync } from "node:fs";
import { relative } from "node:path";
import { describeError } from "../errors.js";
import { type ExitCode, exitCode } from "../exit-codes.js";
import { loadProject, type Project } from "../gateway/project.js";
import { untilParentEnds } from "../gateway/until-parent-ends.js";
import { untilSignal } from "../gateway/until-signal.js";
import { type Bundler, bundler } from "./bundler.js";
import { developmentEnvironment, host } from "./environment.js";
import { tellPort, untellPort } from "./gateway-file.js";
import { GatewayStartFailure } from "./gateway-process.js";
import { GatewayRunner } from "./gateway-runner.js";
import { type Watch, watch } from "./watch.js";

/**
 * `signalbox dev`: generates, bundles and runs the gateway, and does so again on each change, until somebody ends it.
 * What is broken is told, and the gateway that ran before runs on.
 *
 * @param wantedPort instead of `PORT`
 * @param announce whether Rails is told of the port
 * @throws CommandError, StartError, GatewayStartFailure where the first gateway cannot be started, whatever the code says
 */
export async function dev(
  configFile: string,
  wantedPort: number | undefined,
  announce: boolean,
  debug: boolean,
): Promise<ExitCode> {
  const ending = Promise.race([untilSignal(), untilParentEnds()]);
  const project = await loadProject(configFile);
  if (project === null) return exitCode.failed;
  const { variables, held } = await developmentEnvironment(project.root, wantedPort, debug);
  const changes = await watch(project.root, project.sources, project.outputs);
  const session: Session = {
    project,
    changes,
    bundler: bundler(project, changes.add),
    gateway: new GatewayRunner(project.root, variables, held.release, () => {
      console.error("The gateway has ended by itself. It is started again with the next change.");
    }),
    port: held.port,
    announce,
    tell: (error) => console.error(`error: ${describeError(error, debug)}`),
    broken: false,
  };
  try {
    await Promise.race([ending, work(session)]);
    return exitCode.ok;
  } finally {
    await changes.close();
    await session.gateway.close();
    untellPort(project.root);
    rmSync(session.bundler.folder, { recursive: true, force: true });
  }
}

interface Session {
  readonly project: Project;
  readonly changes: Watch;
  readonly bundler: Bundler;
  readonly gateway: GatewayRunner;
  readonly port: number;
  readonly announce: boolean;
  readonly tell: (error: unknown) => void;
  /** Whether the last run told of a mistake that keeps changes from the gateway. */
  broken: boolean;
}

async function work(session: Session): Promise<never> {
  const { changes, tell } = session;
  if (await startFirst(session)) tellAddress(session);
  else console.error("There is no gateway yet. It is started once this is mended.");
  for (;;) {
    const files = await changes.next();
    await follow(session, files).catch(tell);
  }
}

/** What the project's code can mend is told, and waited for. @throws GatewayStartFailure for anything else */
async function startFirst(session: Session): Promise<boolean> {
  const bundle = await bundleOrTell(session);
  if (bundle === null) return false;
  try {
    await session.gateway.replace(bundle);
    return true;
  } catch (error) {
    if (!(error instanceof GatewayStartFailure && error.inCode)) throw error;
    session.broken = true;
    session.tell(error);
    return false;
  }
}

async function follow(session: Session, files: readonly string[]): Promise<void> {
  const { project, gateway, tell } = session;
  if (files.includes(relative(project.root, project.configFile))) {
    console.log("The configuration has changed: start signalbox dev again to use it.");
  }
  const wasBroken = session.broken;
  const bundle = await bundleOrTell(session);
  if (bundle !== null && gateway.runs(bundle)) {
    if (wasBroken) console.log("That is mended: the gateway has all changes.");
    return;
  }
  const isFirst = !gateway.isRunning;
  try {
    if (bundle !== null) {
      await gateway.replace(bundle);
      console.log(`The gateway has the changes of ${files.join(", ")}.`);
      if (isFirst) tellAddress(session);
      return;
    }
  } catch (error) {
    session.broken = true;
    tell(error);
  }
  if (gateway.isRunning) console.error("The gateway runs on as it was.");
}

/** To whoever reads, and to Rails. */
function tellAddress({ project, port, announce }: Session): void {
  if (announce) tellPort(project.root, port);
  console.log(`The gateway is at ws://${host}:${port}/realtime`);
}

async function bundleOrTell(session: Session): Promise<string | null> {
  const bundle = await session.bundler.bundle().catch((error: unknown) => {
    session.tell(error);
    return null;
  });
  session.broken = bundle === null;
  return bundle;
}
