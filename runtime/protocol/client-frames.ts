import type { ClientFrame } from "./frames.js";
import { faultOf, isRecord, own, parseJson } from "./json.js";

/** The largest frame that a browser may send, in bytes. */
export const MAX_CLIENT_FRAME_BYTES = 64 * 1024;

/** A frame, or why it is none: `ref` where the browser gave one, so that its request can be answered. */
export type DecodedClientFrame =
  | { readonly ok: true; readonly frame: ClientFrame }
  | { readonly ok: false; readonly ref: number | undefined; readonly reason: string };

/** Reads a browser's frame (`docs/protocol.md` §3.2). Never throws; the size is the transport's to bound. */
export function decodeClientFrame(text: string): DecodedClientFrame {
  const parsed = parseJson(text);
  if (!parsed.ok) return refuse(undefined, "not JSON");
  const message = parsed.value;
  if (!isRecord(message)) return refuse(undefined, "not an object");
  const ref = own(message, "ref");
  if (typeof ref !== "number" || !Number.isSafeInteger(ref) || ref < 1) {
    return refuse(undefined, "ref must be a positive safe integer");
  }
  const channel = own(message, "channel");
  if (typeof channel !== "string") return refuse(ref, "channel must be a string");
  const type = own(message, "type");
  switch (type) {
    case "subscribe":
    case "unsubscribe":
      return { ok: true, frame: { type, ref, channel } };
    case "command": {
      const command = own(message, "command");
      if (typeof command !== "string") return refuse(ref, "command must be a string");
      const data = own(message, "data");
      const fault = faultOf(data);
      if (fault !== null) return refuse(ref, `data: ${fault}`);
      return { ok: true, frame: { type, ref, channel, command, data } };
    }
    default:
      return refuse(ref, "unknown type");
  }
}

function refuse(ref: number | undefined, reason: string): DecodedClientFrame {
  return { ok: false, ref, reason };
}
