import type { IncomingMessage } from "node:http";
import { closeCodes } from "../protocol/codes.js";
import { Connection } from "./connection.js";
import type { ConnectionInfo } from "./definition.js";
import type { GatewayServices } from "./gateway.js";
import { identify } from "./handshake.js";
import { receive } from "./requests.js";
import { release } from "./subscriptions.js";
import { withinTime } from "./time-limit.js";
import type { Wire } from "./transport/wire.js";

/** From a finished handshake to the welcome, or to the close that says why not. */
export async function welcome(
  services: GatewayServices,
  wire: Wire,
  request: IncomingMessage,
  address: string,
): Promise<void> {
  const { contract, definition, limits, metrics, log, connections } = services;
  const info: ConnectionInfo = {
    id: wire.id,
    address,
    origin: request.headers.origin ?? null,
    connectedAt: Date.now(),
  };
  let connection: Connection | null = null;
  try {
    const user = await withinTime(limits.handshakeMs, () => identify(services, request, address));
    connection = new Connection(wire, info, user, limits, services);
    const refusal = admission(services, connection);
    if (refusal !== null) return turnAway(services, connection, refusal);
    if (definition.connect !== undefined) {
      const { context } = connection;
      connection.state = await withinTime(limits.handshakeMs, () => definition.connect?.(context));
    }
  } catch (error) {
    log.warn({ error, connection: info.id, address }, "the connection was refused");
    connection ??= new Connection(wire, info, null, limits, services);
    return turnAway(services, connection, { code: closeCodes.notAllowed, reason: "not allowed" });
  }
  if (wire.ended) return;
  stand(services, connection);
  connections.add(connection);
  metrics.connections.inc();
  metrics.connectionsTotal.inc();
  connection.send({ type: "welcome", connection: info.id, fingerprint: contract.fingerprint });
  log.info({ connection: info.id, address, signedIn: connection.user !== null }, "connected");
}

interface TurnedAway {
  readonly code:
    | typeof closeCodes.notAuthenticated
    | typeof closeCodes.notAllowed
    | typeof closeCodes.tooMany;
  readonly reason: string;
}

function admission(services: GatewayServices, connection: Connection): TurnedAway | null {
  const { contract, limits, connections } = services;
  const { user } = connection;
  if (user === null) {
    return contract.hasPublicChannel
      ? null
      : { code: closeCodes.notAuthenticated, reason: "not authenticated" };
  }
  if (limits.connectionsPerUser !== null) {
    let count = 0;
    for (const other of connections) if (other.user?.id === user.id) count += 1;
    if (count >= limits.connectionsPerUser)
      return { code: closeCodes.tooMany, reason: "too many connections" };
  }
  return null;
}

function turnAway({ metrics }: GatewayServices, connection: Connection, { code, reason }: TurnedAway): void {
  metrics.disconnectsTotal.inc({ reason: String(code) });
  const error = code === closeCodes.tooMany ? "too_many_requests" : "authorization_failed";
  connection.refuse(undefined, { code: error, message: reason });
  connection.close(code, reason);
  connection.ended();
}

/** Hears the browser until the wire ends. */
function stand(services: GatewayServices, connection: Connection): void {
  const { metrics } = services;
  connection.wire.open({
    message: (text) => receive(services, connection, text),
    overflow() {
      metrics.droppedTotal.inc({ reason: "slow_consumer" });
      connection.close(closeCodes.tooSlow, "too slow");
    },
    end: (code) => leave(services, connection, code),
  });
}

function leave(services: GatewayServices, connection: Connection, code: number): void {
  const { connections, definition, metrics, log, running } = services;
  if (!connections.delete(connection)) return;
  metrics.connections.dec();
  metrics.disconnectsTotal.inc({ reason: String(code) });
  release(services, connection);
  connection.ended();
  log.info({ connection: connection.info.id, code }, "disconnected");
  if (definition.disconnect === undefined) return;
  const done = (async () => definition.disconnect?.(connection.context))()
    .catch((error: unknown) => log.error({ error, connection: connection.info.id }, "disconnect threw"))
    .finally(() => running.delete(done));
  running.add(done);
}
