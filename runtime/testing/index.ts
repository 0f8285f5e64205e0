/** `signalbox/testing`: what tests of an application put in the gateway's place. */
export { createTestGateway, type SentCommand, type TestGateway, type TestStatus } from "./gateway.js";
