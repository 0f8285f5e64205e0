import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createClient } from "redis";

const CONNECTIONS = 1_000;
const ROUNDS = 3;
const SINGLE_PUBLISHES = 150;
const BATCHES = 40;
const BATCH = 10;
const REDIS_PORT = 16_479;

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const servers = [
  { name: "signalbox", path: "/realtime", hello: '{"type":"subscribe","ref":1,"channel":"news"}' },
  { name: "ws", path: "/", hello: "" },
  { name: "socketio", path: "/socket.io/?EIO=4&transport=websocket", hello: "40" },
];

const redisServer = spawn("redis-server", ["--port", `${REDIS_PORT}`, "--bind", "127.0.0.1", "--save", ""], {
  stdio: "ignore",
});
const url = `redis://127.0.0.1:${REDIS_PORT}`;
const redis = await connectRedis();

async function connectRedis() {
  for (;;) {
    const client = createClient({ url, socket: { reconnectStrategy: false } });
    client.on("error", () => {});
    try {
      return await client.connect();
    } catch {
      await wait(50);
    }
  }
}

let published = 0;
function message() {
  published += 1;
  const d = { id: published, author: "somebody", body: "x".repeat(180), tags: ["one", "two"] };
  return JSON.stringify({ sb: 1, e: "posted", d, i: `id-${published}`, t: Date.now(), f: "0123456789ab" });
}

async function answer(child, key) {
  for (;;) {
    const [reply] = await once(child, "message");
    if (key in reply) return reply[key];
  }
}

async function usage(server) {
  const reply = answer(server, "usage");
  server.send("usage");
  return reply;
}

/** CPU time in µs for each message delivered. */
async function measure(server, client, batches, size) {
  const before = await usage(server);
  for (let batch = 0; batch < batches; batch += 1) {
    const counting = answer(client, "counting");
    client.send({ expect: CONNECTIONS * size });
    await counting;
    const delivered = answer(client, "received");
    await Promise.all(Array.from({ length: size }, () => redis.publish("news", message())));
    await delivered;
  }
  const after = await usage(server);
  return (after.cpu - before.cpu) / (batches * size * CONNECTIONS);
}

async function round({ name, path, hello }) {
  const server = fork(here(`servers/${name}.mjs`), {
    env: { ...process.env, REDIS_URL: url },
    execArgv: ["--expose-gc"],
  });
  const port = await answer(server, "port");
  const idle = await usage(server);
  const client = fork(here("client.mjs"), [`${port}`, `${CONNECTIONS}`, path, hello]);
  await answer(client, "open");
  await wait(1_000);
  const connected = await usage(server);
  await measure(server, client, 30, 1);
  const one = await measure(server, client, SINGLE_PUBLISHES, 1);
  const ten = await measure(server, client, BATCHES, BATCH);
  client.disconnect();
  server.disconnect();
  await Promise.all([once(client, "exit"), once(server, "exit")]);
  return { one, ten, memory: (connected.memory - idle.memory) / CONNECTIONS };
}

const results = Object.fromEntries(servers.map(({ name }) => [name, []]));
for (let index = 0; index < ROUNDS; index += 1) {
  for (const server of servers) {
    const measured = await round(server);
    results[server.name].push(measured);
    console.log(`round ${index + 1} ${server.name}`, measured);
  }
}
redis.destroy();
redisServer.kill();

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const summary = Object.fromEntries(
  Object.entries(results).map(([name, rounds]) => [
    name,
    Object.fromEntries(
      ["one", "ten", "memory"].map((key) => [key, median(rounds.map((round) => round[key]))]),
    ),
  ]),
);
console.table(
  Object.entries(summary).map(([name, { one, ten, memory }]) => ({
    server: name,
    "µs per message, one at a time": one.toFixed(2),
    "ten at once": ten.toFixed(2),
    "of ws": `${(one / summary.ws.one).toFixed(2)} / ${(ten / summary.ws.ten).toFixed(2)}`,
    "KiB of heap per idle connection": (memory / 1024).toFixed(1),
  })),
);
const machine = { node: process.version, cpu: cpus()[0]?.model, cpus: cpus().length };
const setting = {
  connections: CONNECTIONS,
  rounds: ROUNDS,
  singles: SINGLE_PUBLISHES,
  batches: BATCHES,
  batch: BATCH,
};
if (process.argv.includes("--keep")) {
  writeFileSync(here("results.json"), `${JSON.stringify({ machine, setting, summary, results }, null, 2)}\n`);
}
