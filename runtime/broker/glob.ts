import type { ChannelPattern } from "./broker.js";

/** A pattern for PSUBSCRIBE. Text of the prefix and the contract that Redis would read as a glob is escaped. */
export function redisGlob(prefix: string, pattern: ChannelPattern): string {
  return (
    escapeGlob(prefix) + pattern.pieces.map((piece) => (piece === null ? "*" : escapeGlob(piece))).join("")
  );
}

function escapeGlob(text: string): string {
  return text.replace(/[\\*?[\]]/g, "\\$&");
}
