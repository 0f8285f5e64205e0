/**
 * RFC 4648 Base64 as Ruby's `unpack1("m0")` reads it: standard alphabet, padded, no white space, unused bits zero.
 * `Buffer.from` alone skips junk and takes URL-safe text, so that one message would have many spellings.
 *
 * @returns the bytes, or `null` where the text is not strict Base64
 */
export function decodeBase64(text: string): Buffer | null {
  if (text.length % 4 !== 0) return null;
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? bytes : null;
}
