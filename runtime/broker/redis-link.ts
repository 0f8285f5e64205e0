import { setTimeout as wait } from "node:timers/promises";
import { createClient } from "redis";

/** From the first packet until Redis has answered and everything is subscribed to: it may accept and then say nothing. */
const CONNECT_TIMEOUT_MS = 5_000;
/** A connection whose other end is gone without a word is found by a ping that is not answered. */
const PING_INTERVAL_MS = 5_000;
const PING_TIMEOUT_MS = 5_000;
const FIRST_RETRY_MS = 50;
const LAST_RETRY_MS = 2_000;

export type RedisConnection = ReturnType<typeof connection>;

export interface LinkEvents {
  /** Runs on every new connection before it counts as up; a rejection drops the connection. */
  prepare(client: RedisConnection): Promise<void>;
  up(): void;
  down(): void;
  fault(error: unknown): void;
}

function connection(url: string, name: string) {
  return createClient({
    url,
    name,
    RESP: 3,
    // Reconnecting is done here, so that what was subscribed to comes from one place only: what is needed now.
    socket: { connectTimeout: CONNECT_TIMEOUT_MS, reconnectStrategy: false },
    disableOfflineQueue: true,
    maintNotifications: "disabled",
  });
}

/** One connection to Redis that comes back by itself, with back-off, until it is closed. */
export class RedisLink {
  readonly #url: string;
  readonly #name: string;
  readonly #events: LinkEvents;
  readonly #closed = new AbortController();
  #client: RedisConnection | null = null;

  constructor(url: string, name: string, events: LinkEvents) {
    this.#url = url;
    this.#name = name;
    this.#events = events;
  }

  /** The live connection, or `null` while there is none. */
  get client(): RedisConnection | null {
    return this.#client;
  }

  /** The first attempt. Rejects where it fails; after it, lost connections are made again. */
  async start(): Promise<void> {
    await this.#connect();
  }

  close(): void {
    this.#closed.abort();
    this.#client?.destroy();
    this.#client = null;
  }

  async #connect(): Promise<void> {
    const client = connection(this.#url, this.#name);
    let failure: unknown = null;
    client.on("error", (error: unknown) => {
      failure = error;
      this.#lost(client, error);
    });
    client.on("end", () => this.#lost(client, new Error("the connection ended")));
    try {
      await Promise.race([this.#prepared(client), this.#deadline(CONNECT_TIMEOUT_MS)]);
      if (failure !== null) throw failure;
      this.#closed.signal.throwIfAborted();
    } catch (error) {
      client.destroy();
      throw error;
    }
    this.#client = client;
    this.#events.up();
    void this.#watch(client);
  }

  async #prepared(client: RedisConnection): Promise<void> {
    await client.connect();
    await this.#events.prepare(client);
  }

  async #deadline(ms: number): Promise<never> {
    const passed = await this.#sleep(ms);
    throw new Error(passed ? `Redis does not answer within ${ms / 1_000} s` : "the link was closed");
  }

  #lost(client: RedisConnection, error: unknown): void {
    if (this.#client !== client) return;
    this.#client = null;
    client.destroy();
    this.#events.fault(error);
    this.#events.down();
    void this.#reconnect();
  }

  async #reconnect(): Promise<void> {
    for (
      let delay = FIRST_RETRY_MS;
      !this.#closed.signal.aborted;
      delay = Math.min(delay * 2, LAST_RETRY_MS)
    ) {
      // Jitter, so that many gateways do not come back in step.
      if (!(await this.#sleep(delay * (0.5 + Math.random() / 2)))) return;
      try {
        await this.#connect();
        return;
      } catch (error) {
        if (!this.#closed.signal.aborted) this.#events.fault(error);
      }
    }
  }

  async #watch(client: RedisConnection): Promise<void> {
    while (this.#client === client) {
      if (!(await this.#sleep(PING_INTERVAL_MS)) || this.#client !== client) return;
      const answered = await Promise.race([
        client.ping().then(
          () => true,
          () => false,
        ),
        this.#sleep(PING_TIMEOUT_MS).then(() => false),
      ]);
      if (!answered) this.#lost(client, new Error("Redis does not answer"));
    }
  }

  /** Resolves to `false` as soon as the link is closed. */
  async #sleep(ms: number): Promise<boolean> {
    try {
      await wait(ms, undefined, { signal: this.#closed.signal, ref: false });
      return true;
    } catch {
      return false;
    }
  }
}
