import type { ContractNode, TypeNode } from "./nodes.js";

const indexes = new WeakMap<readonly TypeNode[], ReadonlyMap<string, TypeNode>>();

/** The contract's type of this name. Indexed once a contract: printers ask for it at every reference. */
export function typeNamed(contract: Pick<ContractNode, "types">, name: string): TypeNode | undefined {
  let index = indexes.get(contract.types);
  if (index === undefined) {
    index = new Map(contract.types.map((type) => [type.name, type]));
    indexes.set(contract.types, index);
  }
  return index.get(name);
}
