import { type GatewayProcess, startGatewayProcess } from "./gateway-process.js";

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
  readonly #crashed: () => void;

  /** @param crashed called when the gateway has ended and nobody asked for it */
  constructor(root: string, environment: NodeJS.ProcessEnv, crashed: () => void) {
    this.#root = root;
    this.#environment = environment;
    this.#crashed = crashed;
  }

  /** Whether this very bundle runs, and not one before it. */
  runs(bundle: string): boolean {
    return this.#running?.bundle === bundle;
  }

  get isRunning(): boolean {
    return this.#running !== null;
  }

  /**
   * Runs this bundle in the place of the one before. Where it does not start, the one before is started again. Not to
   * be called again before it is done.
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
    const before = await this.#stop();
    try {
      await this.#start(bundle);
    } catch (error) {
      if (before !== null) await this.#start(before);
      throw error;
    }
  }

  async #start(bundle: string): Promise<void> {
    const process = await startGatewayProcess(bundle, this.#root, this.#environment, this.#closing.signal);
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
