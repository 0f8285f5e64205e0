import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { canMeet } from "../channel-pattern.js";
import { cycles } from "../cycles.js";
import type { Handle, SchemaReader } from "../definition.js";
import { digest, fingerprints } from "../fingerprint.js";
import { inputDiffers } from "../input-differs.js";
import { canonicalJson, deepFreeze } from "../json.js";
import { meeting, snakeCase } from "../names.js";
import type {
  ChannelNode,
  ContractNode,
  ParameterNode,
  PayloadNode,
  PropertyNode,
  TypeNode,
  WireNode,
} from "../nodes.js";
import { type Building, report, resolve } from "./building.js";
import { type DraftChannel, type DraftPayload, draftChannel } from "./channel.js";
import type { DeclaredChannel } from "./declared-channel.js";
import { checkEndless } from "./endless.js";
import type { WrittenPattern } from "./patterns.js";
import { rewrittenTwice } from "./rewriting.js";
import { buildNode, presentNode } from "./schema.js";
import { type ExportedSchema, typeNames } from "./type-names.js";

export interface ContractParts {
  readonly channels: readonly DeclaredChannel[];
  readonly exports: readonly ExportedSchema[];
  readonly reader: SchemaReader;
  readonly zodVersion: string;
  readonly zodProbes: string;
}

export interface BuiltContract {
  /** `null` where there is an error. */
  readonly contract: ContractNode | null;
  readonly diagnostics: readonly Diagnostic[];
  readonly written: readonly WrittenPattern[];
}

/** From declared channels to the model, with every finding. */
export function buildContract(parts: ContractParts): BuiltContract {
  const building = newBuilding(parts.reader, parts.exports);
  const drafts = parts.channels
    .flatMap((declared) => draftChannel(building, declared) ?? [])
    .sort((a, b) => (a.node.name < b.node.name ? -1 : 1));
  checkTogether(building, drafts);
  for (const draft of drafts) checkFields(building, draft);
  checkUnions(building);
  checkEndless(building);
  if (building.diagnostics.some((diagnostic) => diagnostic.severity === "error")) {
    return { contract: null, diagnostics: building.diagnostics, written: building.written };
  }
  const types = finishedTypes(building);
  noteInterpreted(building, drafts);
  const print = fingerprints(building.types);
  const channels = drafts.map((draft) => finishChannel(draft, print));
  const contract: ContractNode = {
    kind: "contract",
    zodVersion: parts.zodVersion,
    zodProbes: parts.zodProbes,
    fingerprint: digest(channels.flatMap(contractLines).sort().join("\n")),
    types,
    channels,
  };
  return { contract: deepFreeze(contract), diagnostics: building.diagnostics, written: building.written };
}

/** The nodes of one schema that stands alone. */
export function buildNodes(reader: SchemaReader, schema: Handle) {
  const building = newBuilding(reader, []);
  const node = building.buildPresent(schema, { path: "value", typeName: "Value", depth: 0 });
  checkUnions(building);
  checkEndless(building);
  const failed = building.diagnostics.some((diagnostic) => diagnostic.severity === "error");
  return {
    node: failed ? null : deepFreeze(node),
    types: failed ? [] : deepFreeze(finishedTypes(building)),
    diagnostics: building.diagnostics,
  };
}

function newBuilding(reader: SchemaReader, exports: readonly ExportedSchema[]): Building {
  const building: Building = {
    build: (schema, place) => buildNode(building, schema, place),
    buildPresent: (schema, place) => presentNode(building, schema, place),
    reader,
    names: typeNames(reader, exports),
    diagnostics: [],
    entries: new Map(),
    types: new Map(),
    written: [],
    origins: new Map(),
  };
  return building;
}

function finishedTypes(building: Building): readonly TypeNode[] {
  const differs = inputDiffers(building.types);
  for (const [name, type] of building.types)
    building.types.set(name, { ...type, inputDiffers: differs(name) });
  return [...building.types.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What only shows when channels stand side by side. */
function checkTogether(building: Building, drafts: readonly DraftChannel[]): void {
  const tell = (draft: DraftChannel, code: "SB1105" | "SB1106" | "SB1107", message: string) =>
    report(building, draft.node.name, draft.declared.position, { code, message });
  for (const [index, draft] of drafts.entries()) {
    for (const other of drafts.slice(0, index)) {
      const where = `${other.declared.position.file}:${other.declared.position.line}`;
      if (other.node.name === draft.node.name) {
        tell(draft, "SB1106", `the channel ${draft.node.name} is declared at ${where} as well`);
      } else if (canMeet(draft.pattern, parameterTypes(draft), other.pattern, parameterTypes(other))) {
        tell(
          draft,
          "SB1105",
          `${draft.node.pattern} and ${other.node.pattern} (${where}) can both match one name`,
        );
      }
    }
  }
  const names = drafts.map((draft) => draft.node.name);
  for (const group of meeting(names, snakeCase)) {
    const last = drafts.findLast((draft) => group.includes(draft.node.name));
    if (last !== undefined) {
      tell(
        last,
        "SB1107",
        `the channels ${group.join(" and ")} are both ${snakeCase(group[0] ?? "")} in Ruby`,
      );
    }
  }
}

function parameterTypes(draft: DraftChannel): ReadonlyMap<string, ParameterNode["node"]> {
  return new Map(draft.node.parameters.map((parameter) => [parameter.name, parameter.node]));
}

/** Fields at an event's root: `sb` is the envelope's, and one that is named like a parameter is the same keyword in Ruby. */
function checkFields(building: Building, draft: DraftChannel): void {
  for (const { name: event, payload } of draft.events) {
    for (const property of rootProperties(building, payload.node, 0)) {
      const path = `${payload.place.path}.${property.name}`;
      // Reading a stack costs more than all the rest: only for what is told.
      const position = () => building.reader.origin(payload.schema);
      if (property.name === "sb") {
        report(building, path, position(), {
          code: "SB1112",
          message: `the event ${event} has a field sb at its root`,
        });
      }
      const parameter = draft.node.parameters.find((one) => snakeCase(one.name) === snakeCase(property.name));
      if (
        parameter !== undefined &&
        typeOf(resolve(building.types, property.node)) !== typeOf(parameter.node)
      ) {
        report(building, path, position(), {
          code: "SB1111",
          message: `the field ${property.name} of ${event} and the parameter ${parameter.name} have different types`,
        });
      }
    }
  }
}

function rootProperties(
  building: Building,
  node: WireNode,
  depth: number,
): readonly Pick<PropertyNode, "name" | "node">[] {
  if (depth > 20) return [];
  const deeper = (part: WireNode) => rootProperties(building, part, depth + 1);
  const root = resolve(building.types, node);
  switch (root.kind) {
    case "object":
      return root.properties;
    case "record":
      return root.keys.kind === "names" ? root.keys.names.map((name) => ({ name, node: root.value })) : [];
    case "intersection":
      return [...deeper(root.left), ...deeper(root.right)];
    case "union":
      return root.options.flatMap(deeper);
    case "discriminatedUnion":
      return root.options.flatMap((option) => deeper(option.node));
    case "nullable":
      return deeper(root.node);
    default:
      return [];
  }
}

/** Enough of a type to say whether one Ruby keyword can be both. */
function typeOf(node: WireNode): string {
  switch (node.kind) {
    case "number":
      return node.integer ? "integer" : "number";
    case "literal":
      return `literal ${canonicalJson([...node.values].map((value) => JSON.stringify(value)).sort())}`;
    default:
      return node.kind;
  }
}

function checkUnions(building: Building): void {
  const twice = rewrittenTwice(building.types);
  for (const [node, { schema, place }] of building.origins) {
    if (node.kind !== "union") continue;
    const type = twice(node.options);
    if (type === null) continue;
    report(building, place.path, building.reader.origin(schema), {
      code: "SB1206",
      message: `more than one option of this union accepts ${type === "object" || type === "array" ? "an" : "a"} ${type}, and one of them rewrites it`,
    });
  }
}

/** `z.compile` takes no schema with a cycle in it, and z.json() is one. */
function noteInterpreted(building: Building, drafts: readonly DraftChannel[]): void {
  const hasCycle = cycles(building.types);
  for (const draft of drafts) {
    const payloads = [
      ...draft.events.map((event) => event.payload),
      ...draft.commands.flatMap((command) => [command.input, command.output]),
      draft.presence,
    ];
    for (const payload of payloads) {
      if (payload === null || !hasCycle(payload.node)) continue;
      report(building, payload.place.path, building.reader.origin(payload.schema), {
        code: "SB1501",
        severity: "note",
        message: `${payload.place.path} refers to itself or holds z.json(), so zod interprets it instead of compiling it`,
      });
    }
  }
}

function finishChannel(draft: DraftChannel, print: (node: WireNode) => string): ChannelNode {
  const payload = ({ node }: DraftPayload): PayloadNode => ({ node, fingerprint: print(node) });
  return {
    ...draft.node,
    events: draft.events.map((event) => ({ ...event, kind: "event", payload: payload(event.payload) })),
    commands: draft.commands.map((command) => ({
      ...command,
      kind: "command",
      input: payload(command.input),
      output: command.output === null ? null : payload(command.output),
    })),
    presence: draft.presence === null ? null : payload(draft.presence),
  };
}

/** One line for each message of a channel. */
function contractLines(channel: ChannelNode): readonly string[] {
  const line = (name: string, { fingerprint }: PayloadNode) => `${channel.pattern}/${name}/${fingerprint}`;
  return [
    ...channel.events.map((event) => line(event.name, event.payload)),
    ...channel.commands.map((command) => line(`${command.name}.input`, command.input)),
    ...channel.commands.flatMap((command) =>
      command.output === null ? [] : line(`${command.name}.output`, command.output),
    ),
    ...(channel.presence === null ? [] : [line("presence", channel.presence)]),
  ];
}
