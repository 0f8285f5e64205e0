import { ME } from "../protocol/frames.js";
import type { ContractChannel } from "./types.js";

const canonical = /^[A-Za-z0-9_.-]{1,128}$/;
const canonicalInteger = /^(0|-?[1-9][0-9]*)$/;

/**
 * The concrete name of a channel, `room:1` (docs/protocol.md §1). A per-user parameter becomes `@me`.
 *
 * @throws TypeError where a parameter is missing or its text is not canonical: the gateway would refuse it
 */
export function concreteName(channel: ContractChannel, params: object = {}): string {
  return channel.pattern.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (name === channel.perUser) return ME;
    const value: unknown = Object.hasOwn(params, name) ? Reflect.get(params, name) : undefined;
    const integer = channel.params[name] === "integer";
    const text = typeof value === "string" ? value : typeof value === "number" ? `${value}` : "";
    if (!canonical.test(text) || (integer && !(canonicalInteger.test(text) && Number.isSafeInteger(+text)))) {
      const expected = integer ? "a safe integer" : "1 to 128 of A-Z a-z 0-9 _ . -";
      throw new TypeError(`${channel.pattern}: ${name} must be ${expected}; it is ${JSON.stringify(value)}`);
    }
    return text;
  });
}
