import { type GatewayProcess, loadGatewayProcess } from "./gateway-process.js";

/** Loading a gateway takes a second; code that waits for something may take some more. */
const defaultStartMs = 20_000;

interface Running {
  readonly bundle: string;
  readonly process: GatewayProcess;
}

/** The one gateway that runs in development. */
export class GatewayRunner {
  #running: Running | null = null;
  #replacing: Promise<void> = Promise.resolve();
  readonly #closing = new AbortController();
  readonly #root: string;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #releasePort: () => Promise<void>;
  readonly #crashed: () => void;
  readonly #startMs: number;

  /**
   * @param releasePort called before a gateway listens
   * @param crashed called when the gateway has ended and nobody asked for it
   * @param startMs ms after which a gateway that has not started is given up
   */
  constructor(
    root: string,
    environment: NodeJS.ProcessEnv,
    releasePort: () => Promise<void>,
    crashed: () => void,
    startMs = defaultStartMs,
  ) {
    this.#root = root;
    this.#environment = environment;
    this.#releasePort = releasePort;
    this.#crashed = crashed;
    this.#startMs = startMs;
  }

  /** Whether this very bundle runs, and not one before it. */
  runs(bundle: string): boolean {
    return this.#running?.bundle === bundle;
  }

  get isRunning(): boolean {
    return this.#running !== null;
  }

  /**
   * Runs this bundle in the place of the one before, which goes on until the new one is loaded and found to be sound, and
   * is started again where the new one then cannot listen. Not to be called again before it is done.
   *
   * @throws GatewayStartFailure
   */
  async replace(bundle: string): Promise<void> {
    const replacing = this.#replace(bundle);
    this.#replacing = replacing.catch(() => undefined); // its caller gets the error; `close` only waits
    await replacing;
  }

  /** Ends it, also where it is just being started. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#replacing;
    await this.#stop();
  }

  async #replace(bundle: string): Promise<void> {
    const process = await this.#load(bundle);
    const before = await this.#stop();
    try {
      await this.#run(bundle, process);
    } catch (error) {
      if (before !== null) await this.#run(before, await this.#load(before));
      throw error;
    }
  }

  #load(bundle: string): Promise<GatewayProcess> {
    return loadGatewayProcess(bundle, {
      root: this.#root,
      environment: this.#environment,
      signal: this.#closing.signal,
      startMs: this.#startMs,
    });
  }

  async #run(bundle: string, process: GatewayProcess): Promise<void> {
    await this.#releasePort();
    await process.listen();
    const running = { bundle, process };
    this.#running = running;
    process.ended.then(() => {
      if (this.#running !== running) return;
      this.#running = null;
      this.#crashed();
    });
  }

  /** @returns the bundle that ran, or `null` */
  async #stop(): Promise<string | null> {
    const running = this.#running;
    this.#running = null;
    await running?.process.stop();
    return running?.bundle ?? null;
  }
}
