import { createDecipheriv } from "node:crypto";
import { join } from "node:path";
import { decodeBase64 } from "./base64.js";
import { readIfThere } from "./read-if-there.js";
import { SecretError } from "./secret.js";

/** Where Rails looks in development: an environment's own credentials go before the application's. */
const places = [
  { file: "config/credentials/development.yml.enc", keyFile: "config/credentials/development.key" },
  { file: "config/credentials.yml.enc", keyFile: "config/master.key" },
];

/**
 * `secret_key_base` of the credentials that Rails uses in development, as `rails new` writes them there.
 *
 * @param root the Rails application's folder
 * @param masterKey `RAILS_MASTER_KEY`; else the key's file is read
 * @returns `null` where there are no credentials, no key to them, or no such entry: Rails then looks elsewhere, too
 * @throws SecretError where the key does not open them
 */
export function secretOfCredentials(root: string, masterKey: string | undefined): string | null {
  for (const { file, keyFile } of places) {
    const encrypted = readIfThere(join(root, file));
    if (encrypted === null) continue;
    const key = masterKey?.trim() || readIfThere(join(root, keyFile))?.trim();
    return key ? secretIn(openCredentials(encrypted.trim(), key, file)) : null;
  }
  return null;
}

/** `base64(ciphertext)--base64(iv, 12)--base64(tag, 16)`, AES-128-GCM; inside is a String as Marshal writes it. */
function openCredentials(encrypted: string, hexKey: string, file: string): string {
  const [ciphertext, iv, tag, ...rest] = encrypted.split("--").map(decodeBase64);
  const key = /^[0-9a-f]{32}$/i.test(hexKey) ? Buffer.from(hexKey, "hex") : null;
  if (!ciphertext || iv?.length !== 12 || tag?.length !== 16 || rest.length > 0 || key === null) {
    throw new SecretError(
      `${file} cannot be read: it or its key is not what bin/rails credentials:edit writes.`,
    );
  }
  const decipher = createDecipheriv("aes-128-gcm", key, iv, { authTagLength: 16 });
  decipher.setAuthTag(tag);
  try {
    return marshalledString(Buffer.concat([decipher.update(ciphertext), decipher.final()]));
  } catch {
    throw new SecretError(
      `${file} cannot be opened: its key (RAILS_MASTER_KEY, or the .key file) is another one.`,
    );
  }
}

/** Marshal 4.8: `I` where it has an encoding, `"`, a length, the bytes. Only a String is taken: it cannot run code. */
function marshalledString(bytes: Buffer): string {
  const version = bytes.subarray(0, 2).toString("hex");
  const start = bytes[2] === 0x49 ? 3 : 2;
  if (version !== "0408" || bytes[start] !== 0x22) throw new TypeError("not a String");
  const first = bytes.readInt8(start + 1);
  const width = first > 0 && first < 5 ? first : 0;
  const length = width > 0 ? bytes.readUIntLE(start + 2, width) : Math.max(first - 5, 0);
  const text = start + 2 + width;
  return bytes.subarray(text, text + length).toString("utf8");
}

/** A scalar of the document's own level. What YAML can say otherwise, `bin/rails credentials:edit` does not make. */
function secretIn(yaml: string): string | null {
  return /^secret_key_base:[ \t]+(["']?)([^\s"'#]+)\1[ \t]*(?:#.*)?$/m.exec(yaml)?.[2] ?? null;
}
