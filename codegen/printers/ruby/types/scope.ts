import type { TypeNode, WireNode } from "../../../model/nodes.js";
import { partsOf } from "../../../model/parts.js";
import { rubyConstant } from "../literals.js";
import type { Caster } from "./caster.js";
import type { Checker } from "./checker.js";
import type { Coercer } from "./coercer.js";
import type { ModuleSource } from "./module.js";

/** What the printing of one Ruby module knows: the module itself and the named types around it. */
export interface Scope {
  readonly module: ModuleSource;
  readonly types: ReadonlyMap<string, TypeNode>;
  /** The types that contain themselves, directly or through others. */
  readonly recursive: ReadonlySet<string>;
  /** The Ruby module of each named type. */
  readonly moduleNames: ReadonlyMap<string, string>;
  /** Whether the module being printed is one of them: then its methods count how deep they are. */
  readonly countsDepth: boolean;
  /** Prints what checks a node, and says how to use it. `hint` names its methods and constants: `author_name`. */
  readonly check: (node: WireNode, hint: string) => Checker;
  /** The same for coercion. */
  readonly coerce: (node: WireNode, hint: string) => Coercer;
  /** The same for both in one pass. */
  readonly cast: (node: WireNode, hint: string) => Caster;
}

/** Parameters of a method that checks something with members. */
export function checkParameters(scope: Scope): string {
  return scope.countsDepth ? "value, issues, depth" : "value, issues";
}

/** Calls such a method, as {@link Checker.full}. */
export function checkCall(scope: Scope, method: string): Checker["full"] {
  return (value, descend, issues = "issues") => {
    if (!scope.countsDepth) return `${method}(${value}, ${issues})`;
    return `${method}(${value}, ${issues}, ${descend ? "depth + 1" : "depth"})`;
  };
}

/** Parameters of a method that coerces something with members. */
export function coerceParameters(scope: Scope): string {
  return scope.countsDepth ? "value, depth" : "value";
}

/** Calls such a method, as {@link Coercer.apply}. */
export function coerceCall(scope: Scope, method: string): Coercer["apply"] {
  return (value, descend) => {
    if (!scope.countsDepth) return `${method}(${value})`;
    return `${method}(${value}, ${descend ? "depth + 1" : "depth"})`;
  };
}

/** A method of the module of a named type. */
export function typeMethod(scope: Scope, name: string, method: "parse" | "coerce" | "cast"): string {
  const module = scope.moduleNames.get(name);
  if (module === undefined) throw new Error(`The model refers to a type that it does not have: ${name}`);
  return `${rubyConstant(module)}.${method}`;
}

/** What a reference stands for. The model guarantees that it is there. */
export function resolve(types: ReadonlyMap<string, TypeNode>, name: string): WireNode {
  const type = types.get(name);
  if (!type) throw new Error(`The model refers to a type that it does not have: ${name}`);
  return type.node;
}

function referencesIn(node: WireNode): readonly string[] {
  return node.kind === "reference" ? [node.name] : partsOf(node).flatMap(referencesIn);
}

/** The named types from which one can come back to themselves. */
export function recursiveTypes(types: ReadonlyMap<string, TypeNode>): Set<string> {
  const direct = new Map([...types].map(([name, type]) => [name, referencesIn(type.node)]));
  const reachable = (start: string) => {
    const seen = new Set<string>();
    const open = [...(direct.get(start) ?? [])];
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (seen.has(name)) continue;
      seen.add(name);
      open.push(...(direct.get(name) ?? []));
    }
    return seen;
  };
  return new Set([...types.keys()].filter((name) => reachable(name).has(name)));
}

/** Asks a question of a node and of what its references stand for; a cycle answers `otherwise`. */
function ask(
  node: WireNode,
  types: ReadonlyMap<string, TypeNode>,
  otherwise: boolean,
  question: (node: WireNode, again: (child: WireNode) => boolean) => boolean,
): boolean {
  const open = new Set<string>();
  const again = (child: WireNode): boolean => {
    if (child.kind !== "reference") return question(child, again);
    if (open.has(child.name)) return otherwise;
    open.add(child.name);
    const answer = again(resolve(types, child.name));
    open.delete(child.name);
    return answer;
  };
  return again(node);
}

/** Whether JSON's null can be valid. */
export function acceptsNull(node: WireNode, types: ReadonlyMap<string, TypeNode>): boolean {
  return ask(node, types, false, (each, again) => {
    switch (each.kind) {
      case "null":
      case "nullable":
      case "json":
        return true;
      case "literal":
        return each.values.includes(null);
      case "union":
        return each.options.some(again);
      case "pipe":
        return again(each.from);
      default:
        return false;
    }
  });
}

/** Whether zod lets `undefined` itself pass: `z.any()` and `z.unknown()`, and unions with them. */
export function acceptsAbsent(node: WireNode, types: ReadonlyMap<string, TypeNode>): boolean {
  return ask(node, types, false, (each, again) => {
    switch (each.kind) {
      case "json":
        return each.source !== "json";
      case "union":
        return each.options.some(again);
      case "nullable":
        return again(each.node);
      default:
        return false;
    }
  });
}

/** Whether a valid value can come out as something else: trimmed, without unknown keys, with defaults. */
export function rewrites(node: WireNode, types: ReadonlyMap<string, TypeNode>): boolean {
  return ask(node, types, false, (each, again) => {
    switch (each.kind) {
      case "string":
        return each.trim;
      case "json":
        return each.source === "json";
      case "object":
        // Even a loose object loses `__proto__`, and a strict one may hold a member that changes.
        return each.unknownKeys.kind !== "strict" || partsOf(each).some(again) || hasDefaults(each);
      case "record":
      case "intersection":
        return true;
      default:
        return partsOf(each).some(again);
    }
  });
}

function hasDefaults(node: Extract<WireNode, { kind: "object" }>): boolean {
  return node.properties.some((property) => property.absent.kind === "value");
}
