import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Read by Ruby in development, so that nobody has to tell it where the gateway listens. */
const gatewayFile = "tmp/signalbox.json";

/**
 * Tells the port of the gateway that this process looks after: `{"pid":4711,"port":8081}`. Whoever reads it believes it
 * while the process lives. Only a port, because in development the gateway listens on this machine alone.
 */
export function tellPort(root: string, port: number): void {
  const file = join(root, gatewayFile);
  mkdirSync(dirname(file), { recursive: true });
  // Written aside: nobody reads half of it, and what is in its place already, be it a link, is replaced and not followed.
  const aside = `${file}.${randomUUID()}`;
  writeFileSync(aside, `${JSON.stringify({ pid: process.pid, port })}\n`, { flag: "wx", mode: 0o600 });
  renameSync(aside, file);
}

/** Takes it back. The file of another `signalbox dev`, started in the same folder since, stays. */
export function untellPort(root: string): void {
  const file = join(root, gatewayFile);
  try {
    const told: unknown = JSON.parse(readFileSync(file, "utf8"));
    const isOurs = typeof told === "object" && told !== null && "pid" in told && told.pid === process.pid;
    if (isOurs) rmSync(file);
  } catch (error) {
    if (error instanceof SyntaxError) return; // not ours
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
}
