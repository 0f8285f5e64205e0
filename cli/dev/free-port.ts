import { createServer } from "node:net";
import { CommandError } from "../errors.js";

const tries = 100;

/** A port that nobody else gets until it is let go. */
export interface HeldPort {
  readonly port: number;
  /** Resolves once it can be listened on. Asking again changes nothing. */
  release(): Promise<void>;
}

/**
 * Takes the first free port from this one on, since seconds pass until a gateway listens on it.
 *
 * @throws CommandError where the next hundred are all taken
 */
export async function holdFreePort(host: string, from: number): Promise<HeldPort> {
  for (let port = from; port < from + tries && port < 65_536; port++) {
    const held = await hold(host, port);
    if (held !== null) return held;
  }
  throw new CommandError(`Ports ${from} to ${from + tries - 1} are all taken. Name another with --port.`);
}

function hold(host: string, port: number): Promise<HeldPort | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE" || error.code === "EACCES") resolve(null);
      else reject(error);
    });
    server.listen(port, host, () => {
      server.unref();
      resolve({ port, release: () => new Promise((released) => server.close(() => released())) });
    });
  });
}
