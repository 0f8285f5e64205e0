/** From a project's TypeScript to the contract model. */
export { type LoadedConfig, loadConfig } from "./config.js";
export { type LoadedContract, loadContract } from "./contract.js";
export { type LoadedNode, wireNodeOf } from "./node.js";
