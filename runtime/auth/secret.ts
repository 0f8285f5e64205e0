/** Rails generates 128 characters; below this many a secret was typed by hand. */
const minimumLength = 30;
const placeholder =
  /change.?me|replace.?(me|this|with)|placeholder|example|dummy|your.?(secret|key)|insert.?|[<>{}]/i;

/** A `secret_key_base` that no gateway should start with. Its message never contains the secret. */
export class SecretError extends Error {
  override readonly name = "SecretError";
}

/**
 * Refuses what cannot be a real `secret_key_base`: with a guessable one, anybody can write cookies.
 *
 * @param name where it came from, for the message
 * @returns the secret without white space at its ends: a line end, as files have it, would give other keys
 * @throws SecretError
 */
export function checkSecret(secret: string, name: string): string {
  const trimmed = secret.trim();
  if (trimmed === "") throw new SecretError(`${name} is empty.`);
  if (trimmed.length < minimumLength) {
    throw new SecretError(
      `${name} has ${trimmed.length} characters; at least ${minimumLength} are needed. Make one with: bin/rails secret`,
    );
  }
  if (placeholder.test(trimmed) || new Set(trimmed).size < 8) {
    throw new SecretError(`${name} is a placeholder. Make a real one with: bin/rails secret`);
  }
  return trimmed;
}
