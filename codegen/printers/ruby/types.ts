import { upperCamelCase } from "../../model/names.js";
import type { ChannelNode, ContractNode, Documentation, PayloadNode, WireNode } from "../../model/nodes.js";
import { rubyComment, rubyConstant } from "./literals.js";
import { casterOf } from "./types/cast.js";
import { checkerOf } from "./types/check.js";
import { WIRE } from "./types/checker.js";
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
/** Without a depth it is called from outside: what is too deep in the value is then refused as a whole. */
const COERCE_GUARDS = [
  "return ::Signalbox::Wire.bounded(value) { coerce(value, 0) } if depth.nil?",
  "return ::Signalbox::Wire.too_deep_to_send if depth > ::Signalbox::Wire::MAX_DEPTH",
];

/** The body of a method that was printed for the module's root, or of what stands for it. */
function rootLines(scope: Scope, method: "parse" | "coerce" | "cast", otherwise: () => Lines): Lines {
  if (scope.module.lines(method).length === 0) scope.module.method(method, "value", otherwise());
  return scope.module.lines(method).slice(1, -1);
}

/** A type that contains itself counts how deep it is, which {@link Caster} does not. */
const CAST_BY_PARTS = ["issues = []", "wire = parse(coerce(value), issues)", "wire if issues.empty?"];

function castLines(scope: Scope, node: WireNode, hint: string): Lines {
  if (scope.countsDepth) return indent(CAST_BY_PARTS);
  const caster = scope.cast(node, hint);
  return rootLines(scope, "cast", () =>
    caster.kind === "call" ? [caster.of("value")] : [...caster.of("value"), "value"],
  );
}

/** The module's public methods, from what was printed for its root. */
function publicMethods(scope: Scope, node: WireNode): readonly Lines[] {
  const hint = printsMethod(node) ? "" : "value";
  const checker = scope.check(node, hint);
  const parse = rootLines(scope, "parse", () => [checker.full("value", false)]);
  const coercer = scope.coerce(node, hint);
  const coerce = rootLines(scope, "coerce", () => [coercer.apply("value", false)]);
  const cast = castLines(scope, node, hint);
  return [
    [
      `def parse(value, issues${scope.countsDepth ? ", depth = 0" : ""})`,
      ...(scope.countsDepth ? indent([DEPTH_GUARD, ""]) : []),
      ...parse,
      "end",
    ],
    [
      `def coerce(value${scope.countsDepth ? ", depth = nil" : ""})`,
      ...(scope.countsDepth ? indent([...COERCE_GUARDS, ""]) : []),
      ...coerce,
      "end",
    ],
    ["def cast(value)", ...cast, "end"],
    ["def validate(value)", ...indent(["issues = []", "parse(value, issues)", "issues"]), "end"],
  ];
}

/** What was printed for a node under a hint is printed once, also where it is asked for twice. */
function once<Printed>(print: (node: WireNode, hint: string) => Printed): typeof print {
  const known = new Map<WireNode, Map<string, Printed>>();
  return (node, hint) => {
    const there = known.get(node)?.get(hint);
    if (there !== undefined) return there;
    const printed = print(node, hint);
    known.set(node, new Map(known.get(node)).set(hint, printed));
    return printed;
  };
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
  const scope: Scope = {
    ...surroundings,
    module,
    countsDepth,
    check: once((each, hint) => checkerOf(scope, each, hint)),
    coerce: once((each, hint) => coercerOf(scope, each, hint)),
    cast: once((each, hint) => casterOf(scope, each, hint)),
  };
  const visible = publicMethods(scope, node);
  const hidden = module.linesExcept(["parse", "coerce", "cast"]);
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
 * Each answers `parse(value, issues)`, `coerce(value)`, `cast(value)` and `validate(value)`; see `docs/parity.md`.
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
