import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
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

export async function startRedis(): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), "signalbox-redis-"));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
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
      ["--port", `${port}`, "--bind", "127.0.0.1", "--dir", folder, "--save", ""],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    await ready(server);
    commands = await connect(url);
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

async function connect(url: string) {
  const client = createClient({ url });
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
