/** FIN and the opcode of text: the first byte of an unfragmented text message (RFC 6455 §5.2). */
const FINAL_TEXT = 0x81;
const SIXTEEN_BIT_LENGTH = 126;
const SIXTY_FOUR_BIT_LENGTH = 127;

/** One WebSocket text message from a server, header and payload in one buffer: ready for any number of sockets. */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const header = length < SIXTEEN_BIT_LENGTH ? 2 : length < 0x1_0000 ? 4 : 10;
  const frame = Buffer.allocUnsafe(header + length);
  frame[0] = FINAL_TEXT;
  if (header === 2) {
    frame[1] = length;
  } else if (header === 4) {
    frame[1] = SIXTEEN_BIT_LENGTH;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = SIXTY_FOUR_BIT_LENGTH;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.write(text, header);
  return frame;
}
