import { decodeClientFrame } from "../protocol/client-frames.js";
import { closeCodes } from "../protocol/codes.js";
import type { ClientFrame } from "../protocol/frames.js";
import { runCommand } from "./commands.js";
import type { Connection, Refusal } from "./connection.js";
import type { GatewayServices } from "./gateway.js";
import { subscribe, unsubscribe } from "./subscriptions.js";

/** One text message of a browser. */
export function receive(services: GatewayServices, connection: Connection, text: string): void {
  if (connection.closed) return;
  const decoded = decodeClientFrame(text);
  if (!connection.frames.take()) {
    tooMany(services, connection, decoded.ok ? decoded.frame.ref : decoded.ref);
    return;
  }
  connection.refusedInARow = 0;
  services.metrics.framesReceivedTotal.inc({ type: decoded.ok ? decoded.frame.type : "malformed" });
  if (!decoded.ok) {
    refuse(services, connection, decoded.ref, { code: "malformed_frame", message: decoded.reason });
    return;
  }
  const { frame } = decoded;
  answer(services, connection, frame).catch((error: unknown) => {
    // Everything that is expected is answered where it happens; this is a fault of the gateway itself.
    services.log.error({ error, connection: connection.info.id, type: frame.type }, "a request failed");
    refuse(services, connection, frame.ref, { code: "internal", message: "internal error" });
  });
}

/** Refuses a frame over the rate; a browser that goes on regardless is closed, as refusing costs too. */
function tooMany(services: GatewayServices, connection: Connection, ref: number | undefined): void {
  services.metrics.rateLimitedTotal.inc();
  connection.refusedInARow += 1;
  if (connection.refusedInARow > services.limits.frameBurst) {
    connection.close(closeCodes.tooMany, "too many requests");
  } else {
    refuse(services, connection, ref, { code: "too_many_requests", message: "too many requests" });
  }
}

async function answer(services: GatewayServices, connection: Connection, frame: ClientFrame): Promise<void> {
  const { ref } = frame;
  switch (frame.type) {
    case "subscribe": {
      const refusal = await subscribe(services, connection, ref, frame.channel);
      if (refusal !== null) refuse(services, connection, ref, refusal);
      return;
    }
    case "unsubscribe": {
      const refusal = await unsubscribe(services, connection, ref, frame.channel);
      if (refusal !== null) refuse(services, connection, ref, refusal);
      return;
    }
    case "command": {
      const outcome = await runCommand(services, connection, frame);
      if (outcome.ok)
        connection.send({
          type: "reply",
          ref,
          ...(outcome.data === undefined ? {} : { data: outcome.data }),
        });
      else refuse(services, connection, ref, outcome);
      return;
    }
    default:
      frame satisfies never;
  }
}

function refuse(
  { metrics }: GatewayServices,
  connection: Connection,
  ref: number | undefined,
  refusal: Refusal,
): void {
  metrics.refusalsTotal.inc({ code: refusal.code });
  connection.refuse(ref, refusal);
}
