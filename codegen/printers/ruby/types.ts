import { upperCamelCase } from "../../model/names.js";
import type { ChannelNode, ContractNode, Documentation, PayloadNode, WireNode } from "../../model/nodes.js";
import { rubyComment, rubyConstant } from "./literals.js";
import { checkerOf } from "./types/check.js";
import { type Checker, WIRE } from "./types/checker.js";
import { coercerOf } from "./types/coerce.js";
import { indent, type Lines, ModuleSource } from "./types/module.js";
import { NameRegistry } from "./types/names.js";
import { recursiveTypes, type Scope } from "./types/scope.js";

interface Payload {
  readonly node: PayloadNode;
  readonly wanted: string;
  readonly documentation: Documentation;
}

function payloadsOf(channel: ChannelNode): readonly Payload[] {
  const prefix = upperCamelCase(channel.identifier);
  const { documentation } = channel;
  return [
    ...channel.events.map((event) => ({
      node: event.payload,
      wanted: prefix + upperCamelCase(event.name),
      documentation: event.documentation,
    })),
    ...channel.commands.flatMap((command) => [
      {
        node: command.input,
        wanted: `${prefix}${upperCamelCase(command.name)}Input`,
        documentation: command.documentation,
      },
      ...(command.output
        ? [
            {
              node: command.output,
              wanted: `${prefix}${upperCamelCase(command.name)}Output`,
              documentation: command.documentation,
            },
          ]
        : []),
    ]),
    ...(channel.presence ? [{ node: channel.presence, wanted: `${prefix}Presence`, documentation }] : []),
  ];
}

interface ModuleNames {
  readonly types: ReadonlyMap<string, string>;
  readonly payloads: ReadonlyMap<PayloadNode, string>;
}

/** Every module's name. Types come first: a payload that wants the name of one gets a number. */
function moduleNames(contract: ContractNode): ModuleNames {
  const names = new NameRegistry([WIRE]);
  const types = new Map(contract.types.map((type) => [type.name, names.claim(type.name)]));
  const payloads = new Map(
    contract.channels
      .flatMap(payloadsOf)
      .map(({ node, wanted }) => [
        node,
        (node.node.kind === "reference" ? types.get(node.node.name) : undefined) ?? names.claim(wanted),
      ]),
  );
  return { types, payloads };
}

/** Finds the module that checks what an event, a command or its answer carries: `Types::RoomTyping`. */
export function payloadModules(contract: ContractNode): (payload: PayloadNode) => string {
  const { payloads } = moduleNames(contract);
  return (payload) => {
    const name = payloads.get(payload);
    if (name === undefined) throw new Error("The payload is not of this contract.");
    return `Types::${name}`;
  };
}

/** Kinds that print a method of their own, so that at a module's root it can be `parse` itself. */
function printsMethod(node: WireNode): boolean {
  switch (node.kind) {
    case "boolean":
    case "null":
    case "never":
    case "json":
    case "nullable":
    case "reference":
      return false;
    case "union":
      return node.options.length > 1;
    default:
      return true;
  }
}

function documentationLines(documentation: Documentation): string[] {
  const { title, description, deprecated } = documentation;
  return [
    ...(title === undefined ? [] : rubyComment(title)),
    ...(description === undefined ? [] : rubyComment(description)),
    ...(deprecated === undefined || deprecated === false
      ? []
      : rubyComment(`@deprecated ${deprecated === true ? "" : deprecated}`)),
  ];
}

const DEPTH_GUARD =
  "return ::Signalbox::Wire.too_deep(issues, value) if depth > ::Signalbox::Wire::MAX_DEPTH";
const COERCE_GUARD =
  "return ::Signalbox::Wire.too_deep_to_send(value) if depth > ::Signalbox::Wire::MAX_DEPTH";

/** The module's three public methods, from what was printed for its root. */
function publicMethods(scope: Scope, node: WireNode): readonly Lines[] {
  const own = printsMethod(node);
  const checker = scope.check(node, own ? "" : "value");
  const parse = own ? scope.module.lines("parse").slice(1, -1) : indent([checker.full("value", false)]);
  const coercer = scope.coerce(node, own ? "" : "value");
  const printed = scope.module.lines("coerce").slice(1, -1);
  const coerce = printed.length > 0 ? printed : indent([coercer.apply("value", false)]);
  const depth = scope.countsDepth ? ", depth = 0" : "";
  return [
    [
      `def parse(value, issues${depth})`,
      ...(scope.countsDepth ? indent([DEPTH_GUARD, ""]) : []),
      ...parse,
      "end",
    ],
    [`def coerce(value${depth})`, ...(scope.countsDepth ? indent([COERCE_GUARD, ""]) : []), ...coerce, "end"],
    ["def validate(value)", ...indent(["issues = []", "parse(value, issues)", "issues"]), "end"],
  ];
}

type Surroundings = Pick<Scope, "types" | "recursive" | "moduleNames">;

function printModule(
  name: string,
  node: WireNode,
  documentation: Documentation,
  countsDepth: boolean,
  surroundings: Surroundings,
): Lines {
  const module = new ModuleSource();
  const printed = new Map<WireNode, Map<string, Checker>>();
  const scope: Scope = {
    ...surroundings,
    module,
    countsDepth,
    // Asked twice, by the check and by the coercion of a union, it is printed once.
    check: (each, hint) => {
      const known = printed.get(each)?.get(hint);
      if (known) return known;
      const checker = checkerOf(scope, each, hint);
      printed.set(each, new Map(printed.get(each)).set(hint, checker));
      return checker;
    },
    coerce: (each, hint) => coercerOf(scope, each, hint),
  };
  const visible = publicMethods(scope, node);
  const hidden = module.linesExcept(["parse", "coerce"]);
  const separated = (blocks: readonly Lines[]) =>
    blocks.flatMap((block, index) => (index === 0 ? block : ["", ...block]));
  return [
    ...documentationLines(documentation),
    `module ${rubyConstant(name)}`,
    ...indent(module.constants),
    ...(module.constants.length > 0 ? [""] : []),
    ...indent([
      "class << self",
      ...indent(separated(visible)),
      ...(hidden.length > 0 ? indent(["", "private", "", ...separated(hidden)]) : []),
      "end",
    ]),
    "end",
  ];
}

/**
 * The Ruby source of `module Types … end`: one module for each named type, and one for each payload that has none.
 * Each answers `parse(value, issues)`, `coerce(value)` and `validate(value)`; see `docs/parity.md`.
 */
export function printTypes(contract: ContractNode): string {
  const types = new Map(contract.types.map((type) => [type.name, type]));
  const recursive = recursiveTypes(types);
  const names = moduleNames(contract);
  const surroundings = { types, recursive, moduleNames: names.types };
  const modules = [
    ...contract.types.map((type) =>
      printModule(
        names.types.get(type.name) ?? type.name,
        type.node,
        type.documentation,
        recursive.has(type.name),
        surroundings,
      ),
    ),
    ...contract.channels
      .flatMap(payloadsOf)
      .filter(({ node }) => node.node.kind !== "reference")
      .map(({ node, wanted, documentation }) =>
        printModule(names.payloads.get(node) ?? wanted, node.node, documentation, false, surroundings),
      ),
  ];
  return [
    "module Types",
    `  ${WIRE} = ::Signalbox::Wire`,
    `  private_constant :${WIRE}`,
    ...modules.flatMap((module) => ["", ...indent(module)]),
    "end",
    "",
  ].join("\n");
}
