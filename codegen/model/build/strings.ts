import type { CheckDefinition, Handle, SchemaDefinition } from "../definition.js";
import { isWellFormed } from "../names.js";
import type { JavaScriptPattern, StringCheck, StringNode, WireNode } from "../nodes.js";
import { type Building, type Finding, type Place, refused, report } from "./building.js";
import { noteWritten, soundPattern } from "./patterns.js";

type Definition<Kind> = Extract<SchemaDefinition, { readonly kind: Kind }>;

/** `z.string()` and every format of it. */
export function stringNode(
  building: Building,
  schema: Handle,
  definition: Definition<"string">,
  place: Place,
): WireNode {
  const before = building.diagnostics.length;
  const checks: StringCheck[] = [];
  let trim = false;
  for (const [index, check] of definition.checks.entries()) {
    if (check.kind === "trim") {
      // A second trim in a row changes nothing any more.
      if (index > 0 && !(trim && checks.length === 0))
        reportCheck(building, schema, check, place, trimTooLate);
      trim = true;
      continue;
    }
    const node = stringCheck(building, schema, check, place);
    if (node !== null) checks.push(node);
  }
  if (building.diagnostics.slice(before).some((diagnostic) => diagnostic.severity === "error"))
    return refused;
  const meaning = building.reader.meaning(schema);
  return {
    kind: "string",
    trim,
    checks,
    ...(definition.format === null ? {} : { format: definition.format }),
    ...(meaning === undefined ? {} : { meaning }),
  };
}

export function templateNode(
  building: Building,
  schema: Handle,
  definition: Definition<"templateLiteral">,
  place: Place,
): WireNode {
  const { format } = definition;
  const pattern = javaScriptPattern(definition.pattern);
  if (!soundPattern(building, [schema], definition.pattern, place)) return refused;
  noteWritten(building, [schema], definition.pattern, place);
  const node: StringNode = {
    kind: "string",
    trim: false,
    checks: [{ kind: "pattern", format, pattern, abort: true }],
    format,
  };
  return node;
}

const trimTooLate: Finding = {
  code: "SB1205",
  message:
    ".trim() after another check: what it cuts off has been checked, and the next hop checks what is left",
};

function stringCheck(
  building: Building,
  schema: Handle,
  check: CheckDefinition,
  place: Place,
): StringCheck | null {
  switch (check.kind) {
    case "minLength":
    case "maxLength":
    case "exactLength":
      return lengthCheck(building, schema, check, place);
    case "startsWith":
    case "endsWith":
    case "includes":
      return textCheck(building, schema, check, place);
    case "format":
      return formatCheck(building, schema, check, place);
    default:
      reportStray(building, schema, check, place);
      return null;
  }
}

/** Shared with arrays: a whole number from 0. */
export function lengthCheck(
  building: Building,
  schema: Handle,
  check: Extract<CheckDefinition, { readonly kind: "minLength" | "maxLength" | "exactLength" }>,
  place: Place,
): { readonly kind: "minLength" | "maxLength" | "exactLength"; readonly value: number } | null {
  if (Number.isSafeInteger(check.value) && check.value >= 0) return { kind: check.kind, value: check.value };
  reportCheck(building, schema, check, place, {
    code: "SB1217",
    message: `${check.value} is no length: a whole number from 0 is`,
  });
  return null;
}

function textCheck(
  building: Building,
  schema: Handle,
  check: Extract<CheckDefinition, { readonly kind: "startsWith" | "endsWith" | "includes" }>,
  place: Place,
): StringCheck | null {
  if (!isWellFormed(check.value)) {
    reportCheck(building, schema, check, place, {
      code: "SB1304",
      message: "the text has half of a surrogate pair",
    });
    return null;
  }
  if (check.abort) {
    reportCheck(building, schema, check, place, {
      code: "SB1215",
      message: `the option abort of ${check.kind}: codegen has no rule for it`,
      fix: "Leave out abort.",
    });
    return null;
  }
  if (check.kind === "includes" && check.position) {
    reportCheck(building, schema, check, place, {
      code: "SB1215",
      message: ".includes() with a position: JavaScript counts it in UTF-16 units, Ruby in characters",
      fix: "Leave out the position, or use .regex(…).",
    });
    return null;
  }
  return { kind: check.kind, value: check.value };
}

function formatCheck(
  building: Building,
  schema: Handle,
  check: Extract<CheckDefinition, { readonly kind: "format" }>,
  place: Place,
): StringCheck | null {
  const { format, pattern, abort, algorithm } = check;
  if (pattern === null) {
    const known = format === "url" || format === "jwt";
    reportCheck(building, schema, check, place, {
      code: known ? "SB1203" : "SB1202",
      message: known
        ? `z.${format}() is decided by JavaScript code: ${format === "url" ? "the URL parser, which also rewrites the text" : "atob and JSON.parse"}`
        : `the format ${JSON.stringify(format)} is a JavaScript function, which cannot be written in Ruby`,
      ...(format === "url"
        ? { fix: "Use wire.url(), or z.string().regex(…)." }
        : { fix: "Use z.string().regex(…)." }),
    });
    return null;
  }
  if (check.stateful) {
    reportCheck(building, schema, check, place, {
      code: "SB1402",
      message:
        "a pattern with the flag g or y in z.stringFormat() keeps its place, so that its verdicts alternate",
      fix: "Leave out the flag.",
    });
    return null;
  }
  const handles = [check.handle, schema];
  if (!soundPattern(building, handles, pattern, place)) return null;
  // Those of the wire helpers are known to be harmless.
  if (check.userWritten && building.reader.meaning(schema) === undefined)
    noteWritten(building, handles, pattern, place);
  const base = { format, pattern: javaScriptPattern(pattern), abort };
  return algorithm === null ? { kind: "pattern", ...base } : { kind: "checksum", ...base, algorithm };
}

function javaScriptPattern(pattern: RegExp): JavaScriptPattern {
  return { source: pattern.source, flags: pattern.flags };
}

/** At the check; a function that was given to `.check()` stands where that call does. */
export function reportCheck(
  building: Building,
  schema: Handle,
  check: CheckDefinition,
  place: Place,
  finding: Finding,
): void {
  const { reader } = building;
  report(building, place.path, reader.position(check.handle) ?? reader.position(schema), finding);
}

/** A check that has no place where it stands. */
export function reportStray(building: Building, schema: Handle, check: CheckDefinition, place: Place): void {
  reportCheck(
    building,
    schema,
    check,
    place,
    check.kind === "code"
      ? { code: "SB1202", message: `${check.name} is JavaScript code, which cannot be written in Ruby` }
      : {
          code: "SB1215",
          message: `${check.kind === "unknown" ? check.name : check.kind}: codegen has no rule for it here`,
        },
  );
}
