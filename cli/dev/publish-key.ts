import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { CommandError } from "../errors.js";

/** Read by Ruby in development, so that nobody has to agree on a key there. */
export const publishKeyFile = "tmp/signalbox.key";

/**
 * The key of `POST /publish` in development, made on first use and readable by its owner only.
 *
 * @throws CommandError where the file holds something else
 */
export function developmentPublishKey(root: string): string {
  const file = join(root, publishKeyFile);
  mkdirSync(dirname(file), { recursive: true });
  try {
    writeFileSync(file, `${randomBytes(32).toString("hex")}\n`, { flag: "wx", mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    chmodSync(file, 0o600);
  }
  const key = readFileSync(file, "utf8").trim();
  if (!/^[\x21-\x7e]{32,}$/.test(key)) {
    throw new CommandError(
      `${publishKeyFile} holds no key (32 characters or more). Delete it, and it is made anew.`,
    );
  }
  return key;
}
