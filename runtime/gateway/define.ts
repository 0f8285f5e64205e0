import type { Gateway, GatewayOptions, User } from "./definition.js";

/**
 * What `gateway.ts` exports: who may come in, and what happens as browsers come and go.
 *
 * @example
 * export default defineGateway({ origins: ["https://app.example"], identify: session("user_id") });
 */
export function defineGateway<U extends User, State = undefined>(
  options: GatewayOptions<U, State>,
): Gateway<U, State> {
  return { kind: "gateway", options };
}
