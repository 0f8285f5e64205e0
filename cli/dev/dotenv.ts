import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";

/** `.env` of the project below the variables that are set already, as Dotenv does it in Rails. */
export function withDotenv(root: string, environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  let text: string;
  try {
    text = readFileSync(join(root, ".env"), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return environment;
    throw error;
  }
  return { ...parseEnv(text), ...environment };
}
