import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "redis";

/** A real Redis server of one test file's own. */
export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** Sends PUBLISH by hand, past everything of this project. Gives how many heard it. */
  publish(channel: string, message: string | Buffer): Promise<number>;
  /** The channels that somebody is subscribed to by name. */
  channels(): Promise<readonly string[]>;
  /** Kills the server as a crash would. */
  kill(): Promise<void>;
  /** Stops it from answering: it is there, its port takes connections, and nothing comes back. */
  pause(): void;
  resume(): void;
  /** Starts it again, on the same port. */
  start(): Promise<void>;
  /** For good. */
  stop(): Promise<void>;
}

/** Files of a certificate for `localhost` and its key. */
export interface Certificate {
  readonly certFile: string;
  readonly keyFile: string;
}

/** @param tls makes it answer on TLS only, as `rediss://localhost` */
export async function startRedis(tls?: Certificate): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), "signalbox-redis-"));
  const port = await freePort();
  const url = tls === undefined ? `redis://127.0.0.1:${port}` : `rediss://localhost:${port}`;
  let server: ChildProcess | null = null;
  let commands: Awaited<ReturnType<typeof connect>> | null = null;

  async function kill(): Promise<void> {
    commands?.destroy();
    commands = null;
    if (server === null) return;
    const exited = once(server, "exit");
    server.kill("SIGKILL");
    await exited;
    server = null;
  }
  async function start(): Promise<void> {
    server = spawn(
      "redis-server",
      [...listening(port, tls), "--bind", "127.0.0.1", "--dir", folder, "--save", ""],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    await ready(server);
    commands = await connect(url, tls);
  }
  const live = () => {
    if (commands === null) throw new Error("this Redis is not running");
    return commands;
  };
  await start();
  return {
    url,
    port,
    publish: (channel, message) => live().publish(channel, message),
    channels: () => live().pubSubChannels(),
    kill,
    pause: () => server?.kill("SIGSTOP"),
    resume: () => server?.kill("SIGCONT"),
    start,
    async stop() {
      await kill();
      await rm(folder, { recursive: true });
    },
  };
}

function listening(port: number, tls: Certificate | undefined): readonly string[] {
  if (tls === undefined) return ["--port", `${port}`];
  const files = ["--tls-cert-file", tls.certFile, "--tls-key-file", tls.keyFile, "--tls-auth-clients", "no"];
  return ["--port", "0", "--tls-port", `${port}`, ...files];
}

async function connect(url: string, tls: Certificate | undefined) {
  const client = createClient(
    tls === undefined ? { url } : { url, socket: { tls: true, ca: readFileSync(tls.certFile) } },
  );
  client.on("error", () => {}); // a killed server is what tests want
  await client.connect();
  return client;
}

async function ready(server: ChildProcess): Promise<void> {
  let output = "";
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.once("exit", (code) => reject(new Error(`redis-server ended with ${code}:\n${output}`)));
    server.stdout?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes("Ready to accept connections")) resolve();
    });
  });
  server.removeAllListeners("exit");
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (typeof address !== "object" || address === null) throw new Error("no port");
  return address.port;
}
