/** Where codegen writes. Paths are relative to the config file. An output that is left out is not written. */
export interface SignalboxOutputs {
  /** The `Events` module: one Ruby file, where Rails autoloads it (`app/events/events.rb`). */
  readonly ruby?: string;
  /** Folder of the Ruby runtime that `Events` needs, required by an initializer (`vendor/signalbox`). */
  readonly rubyRuntime?: string;
  /** Folder of the RBS signatures (`sig`). */
  readonly rbs?: string;
  /** Folder of the browser client (`app/javascript/realtime`): `realtime.js`, `realtime.d.ts`, `primus.js`. */
  readonly client?: string;
  /** Folder of the gateway's typed handlers and entry point (`realtime/generated`). */
  readonly server?: string;
  /** Folder of the AsyncAPI document and the reference of the contract. */
  readonly docs?: string;
}

/** `signalbox.config.ts`: plain data, read by codegen; it opens nothing. Paths are relative to it. */
export interface SignalboxConfig {
  /** Folder of the contract: every `.ts` file in it and below is loaded. */
  readonly schema: string;
  /** Folder of the gateway's handlers: one file a channel, named after it. */
  readonly handlers: string;
  /** The file that exports `defineGateway(…)`. */
  readonly gateway: string;
  /** Name of the generated Ruby module. Default: `Events`. */
  readonly rubyModule?: string;
  readonly outputs: SignalboxOutputs;
}

/** Gives `signalbox.config.ts` its types. */
export function defineConfig(config: SignalboxConfig): SignalboxConfig {
  return config;
}
