/**
 * `signalbox`: what a contract is written with. Pure: nothing here opens a file, a socket or a process.
 */
export {
  type Access,
  type Channel,
  type ChannelOptions,
  type Command,
  type CommandOptions,
  channel,
  type Delivery,
  type History,
  isChannel,
} from "./channel.js";
export { defineConfig, type SignalboxConfig, type SignalboxOutputs } from "./config.js";
export {
  type BigIntText,
  type CalendarDate,
  type Decimal,
  type DecimalOptions,
  type Timestamp,
  toBigInt,
  toDate,
  type UrlText,
  type WireMeaning,
  wire,
} from "./wire.js";
