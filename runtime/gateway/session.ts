import type { z } from "zod";
import type { HandshakeRequest, Identify } from "./definition.js";

/**
 * Identifies the user by one key of the Rails session, as sign-in wrote it: `session[:user_id] = user.id`.
 *
 * Without a schema, a string or an integer is taken, as text. With one, what the schema makes of the value; a value that
 * it refuses is nobody.
 *
 * @example
 * identify: session("user_id")            // { id: string }
 * identify: session("user_id", z.int())   // { id: number }
 */
export function session(key: string): Identify<{ readonly id: string }>;
export function session<Schema extends z.ZodType<string | number>>(
  key: string,
  schema: Schema,
): Identify<{ readonly id: z.output<Schema> }>;
export function session(
  key: string,
  schema?: z.ZodType<string | number>,
): Identify<{ readonly id: string | number }> {
  return ({ session: values }: HandshakeRequest) => {
    if (values === null || !Object.hasOwn(values, key)) return null;
    const value = values[key];
    if (schema !== undefined) {
      const parsed = schema.safeParse(value);
      return parsed.success ? { id: parsed.data } : null;
    }
    const text = identifierText(value);
    return text === null ? null : { id: text };
  };
}

function identifierText(value: unknown): string | null {
  if (typeof value === "string") return value === "" ? null : value;
  // Integers beyond 2^53 arrive as bigint.
  if (typeof value === "bigint" || Number.isSafeInteger(value)) return String(value);
  return null;
}
