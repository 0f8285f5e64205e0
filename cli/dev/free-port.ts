import { createServer } from "node:net";
import { CommandError } from "../errors.js";

const tries = 100;

/** The first free port from this one on. @throws CommandError where the next hundred are all taken */
export async function firstFreePort(host: string, from: number): Promise<number> {
  for (let port = from; port < from + tries && port < 65_536; port++) {
    if (await isFree(host, port)) return port;
  }
  throw new CommandError(`Ports ${from} to ${from + tries - 1} are all taken. Name another with --port.`);
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE" || error.code === "EACCES") resolve(false);
      else reject(error);
    });
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}
