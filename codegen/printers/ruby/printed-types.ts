import { upperCamelCase } from "../../model/names.js";
import type { ContractNode, ParameterNode, PayloadNode, TypeNode } from "../../model/nodes.js";
import { payloadModules, printTypes } from "./types.js";

/** The `Types` module, and which of its modules checks what. */
export interface PrintedTypes {
  readonly source: string;
  readonly ofPayload: (payload: PayloadNode) => string;
  readonly ofParameter: (parameter: ParameterNode) => string;
}

/** Prints the types of a contract, those of its channels' parameters among them: they are checked like any value. */
export function printAllTypes(contract: ContractNode): PrintedTypes {
  const taken = new Set(contract.types.map((type) => type.name));
  const parameters = new Map<ParameterNode, TypeNode>();
  for (const channel of contract.channels) {
    for (const parameter of channel.parameters) {
      let name = `${upperCamelCase(channel.identifier)}${upperCamelCase(parameter.name)}Parameter`;
      while (taken.has(name)) name += "2";
      taken.add(name);
      const { node, documentation } = parameter;
      parameters.set(parameter, { kind: "type", name, node, documentation, inputDiffers: false });
    }
  }
  const extended = { ...contract, types: [...contract.types, ...parameters.values()] };
  return {
    source: printTypes(extended).trimEnd(),
    ofPayload: payloadModules(extended),
    ofParameter: (parameter) => {
      const type = parameters.get(parameter);
      if (!type) throw new Error("The parameter is not of this contract.");
      return `Types::${type.name}`;
    },
  };
}
