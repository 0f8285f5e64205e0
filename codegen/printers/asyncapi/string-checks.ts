import type { JavaScriptPattern, Json, StringNode } from "../../model/nodes.js";
import type { JsonSchema } from "./json-schema.js";

/** zod's formats that JSON Schema knows by a name of its own. */
const formats: ReadonlyMap<string, string> = new Map([
  ["datetime", "date-time"],
  ["date", "date"],
  ["time", "time"],
  ["duration", "duration"],
  ["email", "email"],
  ["hostname", "hostname"],
  ["ipv4", "ipv4"],
  ["ipv6", "ipv6"],
  ["uuid", "uuid"],
  ["guid", "uuid"],
]);

/** The checks of a string as keywords. What JSON Schema has no keyword for is told in an `x-` extension. */
export function stringChecks(node: StringNode): JsonSchema {
  const schema: Record<string, Json> = {};
  const patterns: string[] = [];
  const flagged: JavaScriptPattern[] = [];
  const format = node.format === undefined ? undefined : formats.get(node.format);
  if (format !== undefined) schema.format = format;
  for (const check of node.checks) {
    switch (check.kind) {
      case "minLength":
        schema.minLength = check.value;
        break;
      case "maxLength":
        schema.maxLength = check.value;
        break;
      case "exactLength":
        schema.minLength = check.value;
        schema.maxLength = check.value;
        break;
      case "startsWith":
        patterns.push(`^${escaped(check.value)}`);
        break;
      case "endsWith":
        patterns.push(`${escaped(check.value)}$`);
        break;
      case "includes":
        patterns.push(escaped(check.value));
        break;
      case "pattern":
      case "checksum":
        // A named format says more than its pattern, which is long and for machines.
        if (check.format === node.format && format !== undefined) break;
        if (/^u?$/.test(check.pattern.flags)) patterns.push(check.pattern.source);
        else flagged.push(check.pattern);
        if (check.kind === "checksum") schema["x-checksum"] = check.algorithm;
        break;
      default:
        check satisfies never;
    }
  }
  if (patterns.length === 1) schema.pattern = patterns[0] ?? "";
  else if (patterns.length > 1) schema.allOf = patterns.map((pattern) => ({ pattern }));
  if (flagged.length > 0) schema["x-patterns"] = flagged.map(({ source, flags }) => ({ source, flags }));
  return schema;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
