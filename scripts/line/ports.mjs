// @ts-check
import { createServer } from "node:net";

/**
 * @param {number} port 0 for any
 * @param {string} host
 * @returns {Promise<number | null>} the port that it listened on for a moment, or null where it is taken
 */
function tryPort(port, host) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code === "EADDRINUSE" || error.code === "EACCES") resolve(null);
      else if (error.code === "EADDRNOTAVAIL" || error.code === "EAFNOSUPPORT") resolve(port);
      else reject(error);
    });
    server.listen(port, host, () => {
      const address = server.address();
      const taken = typeof address === "object" && address ? address.port : port;
      server.close(() => resolve(taken));
    });
  });
}

/**
 * A port that is free on the loopback interface, of both address families.
 *
 * @param {number} [preferred] taken where it is free
 * @returns {Promise<number>}
 */
export async function freePort(preferred = 0) {
  const port = await tryPort(preferred, "127.0.0.1");
  if (port !== null && (await tryPort(port, "::1")) !== null) return port;
  return freePort();
}
