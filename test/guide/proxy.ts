/** What stands before a Rails application in production: ends TLS, and hands the gateway's path to the gateway. */
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { type IncomingMessage, request } from "node:http";
import { createServer } from "node:https";
import { join } from "node:path";

export interface Proxy {
  readonly origin: string;
  close(): Promise<void>;
}

/** @param folder for a certificate that nobody trusts */
export async function startProxy(folder: string, ports: { web: number; gateway: number }): Promise<Proxy> {
  const [key, cert] = ["key.pem", "cert.pem"].map((name) => join(folder, name));
  execFileSync(
    "openssl",
    [
      "req",
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:prime256v1",
      "-nodes",
      "-days",
      "1",
    ].concat(["-subj", "/CN=localhost", "-keyout", key ?? "", "-out", cert ?? ""]),
    { stdio: "ignore" },
  );
  const forward = (incoming: IncomingMessage) =>
    request({
      host: "127.0.0.1",
      port: incoming.url?.startsWith("/realtime") ? ports.gateway : ports.web,
      method: incoming.method,
      path: incoming.url,
      headers: { ...incoming.headers, "x-forwarded-proto": "https" },
    });
  const server = createServer({ key: readFileSync(key ?? ""), cert: readFileSync(cert ?? "") });
  server.on("request", (incoming, response) => {
    const outgoing = forward(incoming);
    outgoing.on("response", (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    outgoing.on("error", () => response.writeHead(502).end());
    incoming.pipe(outgoing);
  });
  server.on("upgrade", (incoming, socket, head) => {
    const outgoing = forward(incoming);
    outgoing.on("upgrade", (answer, upstream, first) => {
      const headers = Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}\r\n`);
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${headers.join("")}\r\n`);
      socket.write(first);
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
      upstream.on("error", () => socket.destroy());
      socket.on("error", () => upstream.destroy());
    });
    outgoing.on("response", (answer) => socket.end(`HTTP/1.1 ${answer.statusCode} Refused\r\n\r\n`));
    outgoing.on("error", () => socket.destroy());
    outgoing.end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("no port");
  return {
    origin: `https://localhost:${address.port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
