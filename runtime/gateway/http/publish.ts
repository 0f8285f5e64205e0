import type { IncomingMessage } from "node:http";
import type { Broker } from "../../broker/broker.js";
import { decodeBrokerMessage } from "../../protocol/envelope.js";
import { isRecord, isWellFormed, own, parseJson } from "../../protocol/json.js";
import { bearsKey } from "./bearer.js";
import type { Answer } from "./server.js";

const MAX_BODY_BYTES = 4 * 1024 * 1024;
const MAX_ENTRIES = 1_000;

/** `POST /publish` of the memory broker (`docs/protocol.md` §2.4): what Redis would carry, through the same decoder. */
export async function publishOverHttp(
  request: IncomingMessage,
  broker: Broker,
  key: string,
  messageBytes: number,
): Promise<Answer> {
  if (request.method !== "POST")
    return { status: 405, headers: { allow: "POST" }, body: { error: "POST only" } };
  // A browser sends an Origin with every POST; none has business here, whatever it bears.
  if (request.headers.origin !== undefined) return { status: 403, body: { error: "not for browsers" } };
  if (!bearsKey(request, key)) return { status: 401, body: { error: "the key is missing or wrong" } };
  const body = await readBody(request);
  if (body === null) return { status: 413, body: { error: `at most ${MAX_BODY_BYTES} bytes` } };
  const entries = decodeEntries(body, messageBytes);
  if (typeof entries === "string") return { status: 400, body: { error: entries } };
  for (const { channel, message } of entries) await broker.publish(channel, message);
  return { status: 200, body: { published: entries.length } };
}

interface Entry {
  readonly channel: string;
  readonly message: string;
}

/** All entries, or what is wrong with the first that is malformed. */
function decodeEntries(body: string, messageBytes: number): readonly Entry[] | string {
  const parsed = parseJson(body);
  if (!parsed.ok || !Array.isArray(parsed.value)) return "the body must be a JSON array";
  if (parsed.value.length === 0 || parsed.value.length > MAX_ENTRIES) return `1 to ${MAX_ENTRIES} entries`;
  const entries: Entry[] = [];
  for (const [index, entry] of parsed.value.entries()) {
    const channel = isRecord(entry) ? own(entry, "channel") : undefined;
    const message = isRecord(entry) ? own(entry, "message") : undefined;
    if (typeof channel !== "string" || typeof message !== "string") {
      return `entry ${index}: channel and message must be strings`;
    }
    if (!isWellFormed(message)) return `entry ${index}: lone_surrogate`;
    const decoded = decodeBrokerMessage(Buffer.from(message), messageBytes);
    if (decoded.kind === "malformed") return `entry ${index}: ${decoded.reason}`;
    entries.push({ channel, message });
  }
  return entries;
}

/** The body as text, or `null` where it is too large. Invalid UTF-8 becomes U+FFFD, which no JSON string needs. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
