/** How the method of an event is written: its signature, and what it hands on. */
import { typeNamed } from "../../model/named-types.js";
import type { ContractNode, EventNode, WireNode } from "../../model/nodes.js";
import { RubyCode } from "./code.js";
import { type EventKeywords, isRequired, type Keyword } from "./keywords.js";
import { rubyLabel, rubyString, rubySymbol } from "./literals.js";
import { isRubyKeyword } from "./names.js";
import { rubyNamesOf } from "./types/spellings.js";

/** A name that no keyword of this call has. */
function freeName(wanted: string, call: EventKeywords): string {
  const taken = new Set(call.keywords.map((keyword) => keyword.name));
  return taken.has(wanted) ? freeName(`${wanted}_`, call) : wanted;
}

/** The argument of a payload that is not spread over keywords, and the variable of one that is. */
export function positionalName(call: EventKeywords): string {
  return freeName("payload", call);
}

/** The argument that takes further fields. */
export function restName(call: EventKeywords): string {
  return freeName("fields", call);
}

/** `message_posted(room_id: REQUIRED, …)`, over several lines where it is long. */
export function signature(method: string, call: EventKeywords): RubyCode {
  const parts = [
    ...(call.spread ? [] : [`${positionalName(call)} = REQUIRED`]),
    ...call.keywords.map((keyword) => `${keyword.name}: ${isRequired(keyword) ? "REQUIRED" : "OPTIONAL"}`),
    ...(call.rest ? [`**${restName(call)}`] : []),
  ];
  const line = `${method}(${parts.join(", ")})`;
  if (parts.length === 0) return new RubyCode(method);
  return new RubyCode(
    line.length <= 100 ? line : `${method}(\n${parts.map((part) => `  ${part}`).join(",\n")}\n)`,
  );
}

/** The values of the channel's parameters, in the pattern's order. */
export function parameterValues(call: EventKeywords): RubyCode {
  const values = call.keywords.filter((keyword) => keyword.parameter !== null).map(read);
  return new RubyCode(values.length === 0 ? "[]" : `[ ${values.join(", ")} ]`);
}

/** The payload as an expression, and the statements that must come before it. */
export interface PayloadCode {
  readonly preparation: RubyCode | null;
  readonly payload: RubyCode;
}

/** Keywords that may stay away are added one by one, so that the payload has those only that were given. */
export function payloadCode(call: EventKeywords, event: EventNode, contract: ContractNode): PayloadCode {
  const local = positionalName(call);
  if (!call.spread) return { preparation: null, payload: new RubyCode(local) };
  const key = payloadKeys(event.payload.node, contract);
  const fields = call.keywords.flatMap(({ property, ...rest }) =>
    property ? [{ ...rest, property, ...key(property.name) }] : [],
  );
  const given = hash([
    ...fields.filter(isRequired).map((field) => `${field.label} ${read(field)}`),
    ...(call.rest ? [`**${restName(call)}`] : []),
  ]);
  const optional = fields.filter((field) => !isRequired(field));
  if (optional.length === 0) return { preparation: null, payload: given };
  const additions = optional.map(
    (field) => `${local}[${field.key}] = ${read(field)} unless OPTIONAL.equal?(${read(field)})`,
  );
  return {
    preparation: new RubyCode([`${local} = ${given.source}`, ...additions].join("\n")),
    payload: new RubyCode(local),
  };
}

interface PayloadKey {
  readonly key: string;
  /** The same in a Hash literal. */
  readonly label: string;
}

/** The key of a field is its Ruby name, which is cast in one pass. Two objects in one may not agree on it. */
function payloadKeys(node: WireNode, contract: ContractNode): (field: string) => PayloadKey {
  const resolved = node.kind === "reference" ? typeNamed(contract, node.name)?.node : node;
  if (resolved?.kind !== "object") {
    return (field) => ({ key: rubyString(field), label: `${rubyString(field)} =>` });
  }
  const names = rubyNamesOf(resolved);
  return (field) => {
    const name = names.get(field) ?? field;
    return { key: rubySymbol(name), label: rubyLabel(name) };
  };
}

/** A keyword such as `class:` is legal, but its value is reached through the binding only. */
function read(keyword: Keyword): string {
  return isRubyKeyword(keyword.name) ? `binding().local_variable_get(:${keyword.name})` : keyword.name;
}

function hash(pairs: readonly string[]): RubyCode {
  if (pairs.length === 0) return new RubyCode("{}");
  const line = `{ ${pairs.join(", ")} }`;
  return new RubyCode(line.length <= 90 ? line : `{\n${pairs.map((pair) => `  ${pair}`).join(",\n")}\n}`);
}
