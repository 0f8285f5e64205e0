/**
 * `signalbox/gateway`: what `gateway.ts`, `handlers/` and generated code import. Operations: `docs/gateway.md`.
 */
export { BrokerUnavailable } from "../broker/broker.js";
export { defineGateway } from "./define.js";
export * from "./definition.js";
export { type Environment, type EnvironmentSettings, environmentOptions } from "./environment.js";
export { ContractViolation, RealtimeError, StartError } from "./errors.js";
export { defaultLimits, type GatewayLimits } from "./limits.js";
export { createLog, type GatewayLog, type LogLevel } from "./log.js";
export { primusClientLibrary } from "./primus-client.js";
export { session } from "./session.js";
export { type BrokerOptions, type RunningGateway, type StartOptions, startGateway } from "./start.js";
