import type { ContractNode, TypeNode, WireNode } from "./nodes.js";

/** The nodes directly inside a node. A reference has none: it names a type. */
export function partsOf(node: WireNode): readonly WireNode[] {
  switch (node.kind) {
    case "object":
      return [
        ...node.properties.map((property) => property.node),
        ...(node.unknownKeys.kind === "catchall" ? [node.unknownKeys.node] : []),
      ];
    case "array":
      return [node.element];
    case "tuple":
      return [...node.items, ...(node.rest === undefined ? [] : [node.rest])];
    case "record":
      return [...(node.keys.kind === "string" ? [node.keys.node] : []), node.value];
    case "union":
      return node.options;
    case "discriminatedUnion":
      return node.options.map((option) => option.node);
    case "intersection":
      return [node.left, node.right];
    case "nullable":
      return [node.node];
    case "pipe":
      return [node.from, node.into];
    case "reference":
    case "string":
    case "number":
    case "boolean":
    case "null":
    case "never":
    case "json":
    case "literal":
      return [];
    default:
      return node satisfies never;
  }
}

/** Every node of a contract, once for each place where it is written. */
export function* nodesOf(contract: ContractNode): Generator<WireNode> {
  const roots = [
    ...contract.types.map((type) => type.node),
    ...contract.channels.flatMap((channel) => [
      ...channel.parameters.map((parameter) => parameter.node),
      ...channel.events.map((event) => event.payload.node),
      ...channel.commands.flatMap(({ input, output }) =>
        output === null ? [input.node] : [input.node, output.node],
      ),
      ...(channel.presence === null ? [] : [channel.presence.node]),
    ]),
  ];
  const waiting: WireNode[] = [...roots];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    yield node;
    waiting.push(...partsOf(node));
  }
}

/**
 * The least answer that holds for every named type at once: `ask` answers for a node, given the answers for types so
 * far, until nothing changes. Shared types are asked once a round, however often they are referred to.
 */
export function settle<Answer>(
  types: ReadonlyMap<string, TypeNode>,
  start: Answer,
  ask: (node: WireNode, of: (name: string) => Answer) => Answer,
  same: (a: Answer, b: Answer) => boolean = Object.is,
): (name: string) => Answer {
  const answers = new Map<string, Answer>();
  const of = (name: string) => answers.get(name) ?? start;
  for (let changed = true; changed; ) {
    changed = false;
    for (const [name, { node }] of types) {
      const answer = ask(node, of);
      if (same(answer, of(name))) continue;
      answers.set(name, answer);
      changed = true;
    }
  }
  return of;
}
