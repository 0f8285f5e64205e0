import type { Handle, SchemaDefinition } from "../definition.js";
import type { TypeNode, WireNode } from "../nodes.js";
import { type Building, type Entry, type Place, refuse, refused, report, resolve } from "./building.js";
import { documentation } from "./documentation.js";
import { objectNode, recordNode } from "./objects.js";
import { literalNode, numberNode } from "./scalars.js";
import { arrayNode, intersectionNode, pipeNode, tupleNode } from "./sequences.js";
import { reportStray, stringNode, templateNode } from "./strings.js";
import { discriminatedUnionNode, unionNode } from "./unions.js";
import { wrapped } from "./wrappers.js";

/** A payload nests at most this deep, so a schema that does has no end. */
const maxDepth = 100;

/** The node of a schema; of one that was met before, the same node or a reference to it. */
export function buildNode(building: Building, schema: Handle, place: Place): WireNode {
  if (place.depth > maxDepth) {
    return refuse(building, schema, place, {
      code: "SB1219",
      message: `a schema that goes on for more than ${maxDepth} levels without naming itself again`,
    });
  }
  const definition = building.reader.define(schema);
  const stray = building.reader.strayChecks(schema);
  for (const check of stray) reportStray(building, schema, check, place);
  if (stray.length > 0) return refused;
  if (definition.kind === "wrapper") return wrapperNode(building, definition, place);

  const identity = building.reader.identity(schema);
  const entry = building.entries.get(identity);
  if (entry !== undefined) return seenBefore(building, schema, identity, entry);
  const created: Entry = { name: null, place, node: null };
  building.entries.set(identity, created);
  const node = definedNode(building, schema, definition, place);
  created.node = node === refused ? node : named(building, schema, identity, created, node);
  return created.node;
}

/** As {@link buildNode}, for a place where JSON always has a value: an element, a record's value, a payload. */
export function presentNode(building: Building, schema: Handle, place: Place): WireNode {
  const optional = wrapped(building, schema, ["optional", "default", "prefault"]);
  if (optional !== undefined) {
    report(building, place.path, building.reader.position(optional), {
      code: "SB1214",
      message: "an optional value or a default where JSON always has a value",
    });
  }
  return buildNode(building, schema, place);
}

function wrapperNode(
  building: Building,
  { wrapper, inner }: Extract<SchemaDefinition, { readonly kind: "wrapper" }>,
  place: Place,
): WireNode {
  // A wrapper takes no name from the path, but counts: some are only around themselves.
  const node = buildNode(building, inner, { ...place, depth: place.depth + 1 });
  return wrapper === "nullable" && node !== refused ? { kind: "nullable", node } : node;
}

function seenBefore(building: Building, schema: Handle, identity: Handle, entry: Entry): WireNode {
  if (entry.node !== null) return entry.node;
  // It is around itself: from here on it has a name.
  entry.name ??= nameOf(building, schema, identity, entry);
  return { kind: "reference", name: entry.name };
}

function nameOf(building: Building, schema: Handle, identity: Handle, { place }: Entry): string {
  const given = building.names.given(schema);
  if (given === undefined) return building.names.invent(place.typeName, identity);
  const { name, from } = given;
  const position = building.reader.position(schema);
  if (name === "" || /^\d/.test(name)) {
    report(building, place.path, position, {
      code: "SB1303",
      message: "an id without a letter at its beginning",
    });
  } else if (!building.names.take(name, identity)) {
    report(building, place.path, position, {
      code: "SB1303",
      message: `the type name ${name} (from its ${from}) belongs to another schema`,
    });
  } else {
    return name;
  }
  return building.names.invent(place.typeName, identity);
}

/** Makes a type of what has or needs a name of its own. */
function named(building: Building, schema: Handle, identity: Handle, entry: Entry, node: WireNode): WireNode {
  if (node.kind === "reference") return node;
  building.origins.set(node, { schema, place: entry.place });
  if (entry.name === null && !wantsName(building, schema, node)) return node;
  const name = entry.name ?? nameOf(building, schema, identity, entry);
  const type: TypeNode = {
    kind: "type",
    name,
    node,
    documentation: documentation(building, building.names.exported(identity) ?? schema, entry.place),
    inputDiffers: false,
  };
  building.types.set(name, type);
  return { kind: "reference", name };
}

function wantsName(building: Building, schema: Handle, node: WireNode): boolean {
  const given = building.names.given(schema);
  if (given?.from === "id") return true;
  switch (node.kind) {
    case "object":
    case "discriminatedUnion":
      return true;
    case "union":
      return given !== undefined || node.options.every((option) => isObject(building, option));
    case "literal":
    case "array":
    case "tuple":
    case "record":
    case "intersection":
      return given !== undefined;
    default:
      return false;
  }
}

function isObject(building: Building, node: WireNode): boolean {
  const { kind } = resolve(building.types, node);
  return kind === "object" || kind === "discriminatedUnion" || kind === "intersection";
}

function definedNode(
  building: Building,
  schema: Handle,
  definition: SchemaDefinition,
  place: Place,
): WireNode {
  switch (definition.kind) {
    case "string":
      return stringNode(building, schema, definition, place);
    case "templateLiteral":
      return templateNode(building, schema, definition, place);
    case "number":
      return numberNode(building, schema, definition, place);
    case "boolean":
    case "null":
    case "never":
      return { kind: definition.kind };
    case "json":
      return { kind: "json", source: definition.source };
    case "literal":
      return literalNode(building, schema, definition, place);
    case "array":
      return arrayNode(building, schema, definition, place);
    case "tuple":
      return tupleNode(building, schema, definition, place);
    case "object":
      return objectNode(building, schema, definition, place);
    case "record":
      return recordNode(building, schema, definition, place);
    case "union":
      return unionNode(building, schema, definition, place);
    case "discriminatedUnion":
      return discriminatedUnionNode(building, schema, definition, place);
    case "intersection":
      return intersectionNode(building, schema, definition, place);
    case "pipe":
      return pipeNode(building, schema, definition, place);
    case "wrapper":
      return wrapperNode(building, definition, place);
    case "code":
      return refuse(building, schema, place, {
        code: "SB1202",
        message: `${definition.name} is JavaScript code, which cannot be written in Ruby`,
      });
    case "coerced":
      return refuse(building, schema, place, {
        code: "SB1218",
        message: `z.coerce.${definition.type}() takes whatever JavaScript can convert`,
        fix: `Use z.${definition.type}(); Ruby converts Time, Symbol and the like before it validates.`,
      });
    case "replacing":
      return refuse(building, schema, place, {
        code: "SB1204",
        message: `${definition.name} accepts everything, so invalid data would be published as something else`,
      });
    case "notJson":
      return refuse(building, schema, place, {
        code: "SB1201",
        message: `z.${definition.type}() has no JSON form`,
        fix: instead[definition.type] ?? "Leave it out: JSON has nothing like it.",
      });
    case "unknown":
      return refuse(building, schema, place, {
        code: "SB1215",
        message: `${definition.what}: codegen has no rule for it`,
      });
    case "broken":
      return refuse(building, schema, place, {
        code: "SB1219",
        message: `the schema cannot be followed: ${definition.why}`,
      });
    default:
      return definition satisfies never;
  }
}

const instead: Readonly<Record<string, string>> = {
  date: "Use wire.timestamp() or wire.date().",
  bigint: "Use wire.bigint(), or z.int() for integers up to 2^53 - 1.",
  map: "Use z.record(z.string(), …).",
  set: "Use z.array(…).",
  file: "Send an address of the file: wire.url().",
  symbol: "Use z.enum([…]).",
  undefined: "Use .optional() on the property.",
  void: "Leave out the output of the command.",
  nan: "Use z.null() or .nullable().",
  promise: "Use the schema inside the promise.",
  function: "Use a command.",
};
