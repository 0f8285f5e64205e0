import type { ContractNode } from "../../model/nodes.js";
import { brandsIn } from "./brands.js";
import { capitalize } from "./literals.js";

/** What a type of the contract is called in TypeScript: as receivers see it, and as senders do. */
export interface TypeNames {
  output(name: string): string;
  /** The same as `output` unless what goes in differs from what comes out. */
  input(name: string): string;
}

/** Names that the generated files use themselves, or that would hide a global which they use. */
const taken: readonly string[] = [
  "AbortSignal",
  "Array",
  "AsyncIterable",
  "AsyncIterableIterator",
  "Error",
  "JsonValue",
  "Promise",
  "Readonly",
  "Record",
];

/** What is derived from each channel: `RoomChannel` and its like. */
export const channelNames = (identifier: string) => ({
  params: `${capitalize(identifier)}Params`,
  events: `${capitalize(identifier)}Events`,
  commands: `${capitalize(identifier)}Commands`,
  handlers: `${capitalize(identifier)}Handlers`,
  publisher: `${capitalize(identifier)}Publisher`,
  channel: `${capitalize(identifier)}Channel`,
});

/**
 * Names every type of the contract once, the same on the server and in the browser. A type that meets a name which is
 * taken gets an underscore: `Promise_`. Names of the contract are unique, so the result depends on nothing else.
 *
 * @param reserved names that the browser client's declarations use
 */
export function nameTypes(contract: ContractNode, reserved: ReadonlySet<string>): TypeNames {
  const used = new Set([...taken, ...brandsIn(contract), ...reserved]);
  for (const channel of contract.channels) {
    for (const name of Object.values(channelNames(channel.identifier))) used.add(name);
  }
  const allocate = (wanted: string): string => {
    let name = wanted;
    while (used.has(name)) name += "_";
    used.add(name);
    return name;
  };
  const outputs = new Map(contract.types.map((type) => [type.name, allocate(type.name)]));
  const inputs = new Map(
    contract.types
      .filter((type) => type.inputDiffers)
      .map((type) => [type.name, allocate(`${type.name}Input`)]),
  );
  const output = (name: string): string => {
    const found = outputs.get(name);
    if (found === undefined) throw new Error(`the model refers to the type ${name}, which it does not have`);
    return found;
  };
  return { output, input: (name) => inputs.get(name) ?? output(name) };
}
