import { randomUUID } from "node:crypto";
import { createServer, type Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import Primus from "primus";
import { z } from "zod";
import { parseOrigins, type SessionReader } from "../auth/index.js";
import type { Broker } from "../broker/broker.js";
import { MemoryBroker } from "../broker/memory.js";
import { RedisBroker } from "../broker/redis.js";
import { GATEWAY_PATH } from "../protocol/names.js";
import { Audiences } from "./audiences.js";
import type { Connection } from "./connection.js";
import { type CompiledContract, compileContract } from "./contract.js";
import type { Server } from "./definition.js";
import { Doorkeeper } from "./doorkeeper.js";
import { drain } from "./drain.js";
import { StartError } from "./errors.js";
import { deliver } from "./events.js";
import type { GatewayServices } from "./gateway.js";
import { listens } from "./handler-calls.js";
import { answerHttp } from "./http/server.js";
import { defaultLimits, type GatewayLimits } from "./limits.js";
import { createLog, type GatewayLog } from "./log.js";
import { createMetrics } from "./metrics.js";
import { createPublish } from "./publisher.js";
import { textFrame } from "./transport/frame.js";
import { transformerFor } from "./transport/transformer.js";
import { welcome } from "./welcome.js";

const { major, minor, patch } = z.core.version;
const installedZod = `${major}.${minor}.${patch}`;

export type BrokerOptions =
  | { readonly kind: "redis"; readonly url: string; readonly prefix: string }
  /** `publishKey` opens `POST /publish`. */
  | { readonly kind: "memory"; readonly publishKey: string };

export interface StartOptions {
  /** `development` also takes pages of `localhost` and `127.0.0.1`, on any port. */
  readonly mode: "production" | "development";
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly broker: BrokerOptions;
  /** Reads the Rails session out of a `Cookie` header. */
  readonly readSession: SessionReader<Readonly<Record<string, unknown>>>;
  /** Opens `/metrics`; with `null`, only this machine may ask. */
  readonly metricsKey: string | null;
  /** Whether `X-Forwarded-For` may be believed. Only behind a proxy that sets it. */
  readonly trustProxy?: boolean;
  readonly limits?: Partial<GatewayLimits>;
  readonly log?: GatewayLog;
}

export interface RunningGateway {
  readonly host: string;
  readonly port: number;
  /** Browsers connected now. */
  readonly connections: number;
  /** Goes away gracefully, within `limits.drainMs`. Asking again waits for the same end. */
  stop(): Promise<void>;
}

/** A gateway that has all it needs, and takes no connections yet. */
export interface ReadyGateway {
  /**
   * Takes connections from here on, and hears what `on` handlers listen to.
   *
   * @throws StartError where the port is taken or the broker has gone; nothing of it is left then
   */
  listen(): Promise<RunningGateway>;
}

/**
 * Starts a gateway and resolves once it takes connections.
 *
 * @throws StartError with sentences for whoever starts it: what the contract asks for and this gateway has not got, a
 *   broker that cannot be reached, a port that is taken
 */
export async function startGateway(server: Server, options: StartOptions): Promise<RunningGateway> {
  const ready = await prepareGateway(server, options);
  return ready.listen();
}

/**
 * Does all of a start that can be done beside another gateway on the same port: what is wrong with contract, handlers,
 * options or broker shows here.
 *
 * @throws StartError as `startGateway`
 */
export async function prepareGateway(server: Server, options: StartOptions): Promise<ReadyGateway> {
  const { contract, origins } = checkServer(server);
  const definition = server.gateway.options;
  const limits: GatewayLimits = { ...defaultLimits, ...options.limits };
  const log = options.log ?? createLog("info");
  const metrics = createMetrics();
  const broker = createBroker(options.broker);
  const services: GatewayServices = {
    contract,
    definition,
    readSession: options.readSession,
    broker,
    audiences: new Audiences(broker, (channel) => listens(channel.type)),
    connections: new Set<Connection>(),
    publish: createPublish(contract.types, broker, metrics),
    limits,
    metrics,
    log,
    running: new Set(),
    reactions: new Set(),
    draining: false,
  };
  const policy = { allowed: origins, development: options.mode === "development" };
  const doorkeeper = new Doorkeeper(policy, limits, options.trustProxy ?? false, services);

  await startBroker(services);
  if (server.zodVersion !== installedZod) {
    log.warn(
      { generated: server.zodVersion, installed: installedZod },
      "generated with another zod; run codegen again",
    );
  }
  return { listen: () => takeConnections(services, doorkeeper, options) };
}

async function takeConnections(
  services: GatewayServices,
  doorkeeper: Doorkeeper,
  options: StartOptions,
): Promise<RunningGateway> {
  const { broker, log } = services;
  const http = createServer();
  const primus = attachPrimus(http, services, doorkeeper);
  const publishKey = options.broker.kind === "memory" ? options.broker.publishKey : null;
  http.on("request", (request, response) =>
    answerHttp(services, { publishKey, metricsKey: options.metricsKey }, request, response),
  );
  let port: number;
  try {
    await hearForHandlers(services);
    port = await listen(http, options.port, options.host);
  } catch (error) {
    await broker.close();
    throw error;
  } finally {
    if (!http.listening && primus.heartbeatInterval !== null) clearInterval(primus.heartbeatInterval);
  }
  log.info({ host: options.host, port, broker: broker.kind, mode: options.mode }, "listening");

  let stopped: Promise<void> | null = null;
  return {
    host: options.host,
    port,
    get connections() {
      return services.connections.size;
    },
    stop() {
      if (primus.heartbeatInterval !== null) clearInterval(primus.heartbeatInterval);
      stopped ??= drain(services, http, doorkeeper);
      return stopped;
    },
  };
}

/**
 * All of a start that depends on the code alone: nothing is opened, connected to or called.
 *
 * @throws StartError where contract, handlers and `gateway.ts` do not fit each other
 */
export function checkServer(server: Server): {
  readonly contract: CompiledContract;
  readonly origins: readonly string[];
} {
  const contract = compileContract(server);
  const { origins, identify } = server.gateway.options;
  const checked = { contract, origins: checkedOrigins(origins) };
  if (typeof identify !== "function") {
    const why = 'identify: gateway.ts must give a function, such as session("user_id")';
    throw new StartError(why, { inCode: true });
  }
  return checked;
}

function checkedOrigins(origins: readonly string[]): readonly string[] {
  const wrong = (why: string) => new StartError(`origins: ${why}`, { inCode: true });
  if (!Array.isArray(origins)) throw wrong("gateway.ts must give a list; [] where there is none");
  try {
    return parseOrigins(origins);
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error));
  }
}

function createBroker(options: BrokerOptions): Broker {
  return options.kind === "memory" ? new MemoryBroker() : new RedisBroker(options);
}

async function startBroker(services: GatewayServices): Promise<void> {
  const { broker, metrics, log, connections } = services;
  let wasUp = false;
  /** Whether a fault has been told since the state changed last: an outage has one of them with each attempt. */
  let told = false;
  try {
    await broker.start({
      message: (channel, bytes) => deliver(services, channel, bytes),
      fault(error) {
        log[told ? "debug" : "error"]({ error }, "the broker failed");
        told = true;
      },
      state(up) {
        if (up) told = false;
        metrics.brokerUp.set(up ? 1 : 0);
        if (!up) return log.error({}, "the broker is lost; nothing is delivered until it is back");
        if (wasUp) {
          log.warn({}, "the broker is back; messages in between may be missing");
          const gap = textFrame(JSON.stringify({ type: "gap", reason: "broker_reconnected" }));
          for (const connection of connections)
            if (connection.subscriptions.size > 0) connection.wire.send(gap);
        }
        wasUp = true;
      },
    });
    metrics.brokerUp.set(1);
  } catch (error) {
    await broker.close();
    throw startError(error);
  }
}

/** Subscribes to what `on` handlers need whoever is there. */
async function hearForHandlers({ broker, contract }: GatewayServices): Promise<void> {
  try {
    for (const type of contract.types.filter(listens)) {
      if (type.parameters.length === 0) await broker.subscribe(type.pattern);
      else await broker.subscribePattern(type);
    }
  } catch (error) {
    throw startError(error);
  }
}

const startError = (error: unknown) => new StartError(error instanceof Error ? error.message : String(error));

function attachPrimus(http: HttpServer, services: GatewayServices, doorkeeper: Doorkeeper): Primus {
  const { limits, log } = services;
  return new Primus(http, {
    pathname: GATEWAY_PATH,
    pingInterval: limits.heartbeatMs,
    iknowclusterwillbreakconnections: true,
    transformer: transformerFor({
      path: GATEWAY_PATH,
      frameBytes: limits.frameBytes,
      outboxBytes: limits.outboxBytes,
      closeMs: 5_000,
      connectionId: randomUUID,
      admit: (request) => doorkeeper.admit(request),
      connected(wire, request) {
        welcome(services, wire, request, doorkeeper.addressOf(request)).catch((error: unknown) => {
          log.error({ error, connection: wire.id }, "a connection failed");
          wire.terminate();
        });
      },
    }),
  });
}

async function listen(http: HttpServer, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => {
      const why = error.code === "EADDRINUSE" ? "it is taken: set PORT to another one" : error.message;
      reject(new StartError(`cannot listen on ${host}:${port}: ${why}`));
    };
    http.once("error", fail);
    http.listen(port, host, () => {
      http.off("error", fail);
      resolve();
    });
  });
  const address: AddressInfo | string | null = http.address();
  return typeof address === "object" && address !== null ? address.port : port;
}
