import { isDottedName, lowerCamelCase } from "./names.js";
import type { ParameterNode, PatternSegment } from "./nodes.js";

/** A pattern taken apart. */
export interface ParsedPattern {
  /** Between the colons. */
  readonly parts: readonly PatternSegment[];
  /** As the model has them: text with its colons, then a parameter, and so on. */
  readonly segments: readonly PatternSegment[];
  readonly parameters: readonly string[];
  readonly name: string;
  readonly identifier: string;
}

/** Takes a pattern apart, or says in a sentence why it is none. */
export function parsePattern(pattern: string): ParsedPattern | string {
  const parts: PatternSegment[] = [];
  for (const [index, text] of pattern.split(":").entries()) {
    const parameter = /^\{(.*)\}$/s.exec(text)?.[1];
    if (parameter === undefined) {
      if (!isDottedName(text))
        return `${JSON.stringify(text)} is neither a lowerCamelCase or dotted name nor a {parameter}`;
      parts.push({ kind: "text", text });
    } else {
      if (index === 0) return "a pattern begins with a name, not with a parameter";
      if (!/^[a-z][A-Za-z0-9_]*$/.test(parameter))
        return `${JSON.stringify(parameter)} is no name for a parameter`;
      parts.push({ kind: "parameter", name: parameter });
    }
  }
  const parameters = parts.flatMap((part) => (part.kind === "parameter" ? [part.name] : []));
  const twice = parameters.find((name, index) => parameters.indexOf(name) !== index);
  if (twice !== undefined) return `the parameter ${twice} is in it twice`;
  const name = parts.flatMap((part) => (part.kind === "text" ? [part.text] : [])).join(".");
  return { parts, segments: joined(parts), parameters, name, identifier: lowerCamelCase(name) };
}

function joined(parts: readonly PatternSegment[]): readonly PatternSegment[] {
  const segments: PatternSegment[] = [];
  let text = "";
  for (const [index, part] of parts.entries()) {
    if (index > 0) text += ":";
    if (part.kind === "text") {
      text += part.text;
    } else {
      segments.push({ kind: "text", text }, part);
      text = "";
    }
  }
  if (text !== "") segments.push({ kind: "text", text });
  return segments;
}

type Parameters = ReadonlyMap<string, ParameterNode["node"]>;

/** Whether one concrete name can belong to both patterns. A parameter's text has no colon, so parts can be compared. */
export function canMeet(a: ParsedPattern, aTypes: Parameters, b: ParsedPattern, bTypes: Parameters): boolean {
  if (a.parts.length !== b.parts.length) return false;
  return a.parts.every((part, index) => {
    const other = b.parts[index];
    return other === undefined || shareText(part, aTypes, other, bTypes);
  });
}

function shareText(a: PatternSegment, aTypes: Parameters, b: PatternSegment, bTypes: Parameters): boolean {
  if (a.kind === "text" && b.kind === "text") return a.text === b.text;
  if (a.kind === "text" && b.kind === "parameter") return admits(bTypes.get(b.name), a.text);
  if (b.kind === "text" && a.kind === "parameter") return admits(aTypes.get(a.name), b.text);
  const one = a.kind === "parameter" ? aTypes.get(a.name) : undefined;
  const two = b.kind === "parameter" ? bTypes.get(b.name) : undefined;
  if (one?.kind === "literal") return one.values.some((value) => admits(two, String(value)));
  if (two?.kind === "literal") return two.values.some((value) => admits(one, String(value)));
  // A UUID has dashes and 36 characters: no integer. Two strings are taken to share a text.
  if (one?.kind === "number" && two?.kind === "string") return !isUuid(two);
  if (two?.kind === "number" && one?.kind === "string") return !isUuid(one);
  return true;
}

/** Whether a parameter can have this text; in doubt, yes. */
function admits(node: ParameterNode["node"] | undefined, text: string): boolean {
  switch (node?.kind) {
    case "literal":
      return node.values.some((value) => String(value) === text);
    case "number":
      return /^-?\d+$/.test(text);
    case "string":
      return !isUuid(node) || text.length === 36;
    default:
      return true;
  }
}

function isUuid(node: Extract<ParameterNode["node"], { readonly kind: "string" }>): boolean {
  return node.format === "uuid" || node.format === "guid";
}
