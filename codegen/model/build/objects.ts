import type { Handle, PropertyDefinition, SchemaDefinition } from "../definition.js";
import { canonicalJson, isJson } from "../json.js";
import { isInherited, isWellFormed, meeting, snakeCase, upperCamelCase } from "../names.js";
import type { Absent, ObjectNode, PropertyNode, RecordNode, StringNode, WireNode } from "../nodes.js";
import { type Building, below, type Place, refuse, refused, report, resolve } from "./building.js";
import { documentation } from "./documentation.js";
import { wrapped } from "./wrappers.js";

type Definition<Kind> = Extract<SchemaDefinition, { readonly kind: Kind }>;

export function objectNode(
  building: Building,
  schema: Handle,
  definition: Definition<"object">,
  place: Place,
): WireNode {
  for (const key of definition.impossibleKeys) {
    report(building, place.path, building.reader.origin(schema), {
      code: "SB1301",
      message: `the key ${key} is lost: ${key === "__proto__" ? "it sets the shape's prototype" : "JSON has no symbols"}`,
    });
  }
  const names = definition.properties.map((property) => property.name);
  for (const group of meeting(names, snakeCase)) {
    report(building, place.path, building.reader.origin(schema), {
      code: "SB1302",
      message: `the fields ${group.join(" and ")} are both ${snakeCase(group[0] ?? "")} in Ruby`,
    });
  }
  const properties = definition.properties.map((property) => propertyNode(building, property, place));
  return { kind: "object", properties, unknownKeys: unknownKeys(building, definition.catchall, place) };
}

function propertyNode(building: Building, { name, schema }: PropertyDefinition, around: Place): PropertyNode {
  const place = below(around, `.${name}`, upperCamelCase(name));
  checkKey(building, name, schema, place);
  const node = building.build(schema, place);
  const absent = node === refused ? ({ kind: "missing" } as const) : absence(building, schema, place);
  return { name, node, absent, documentation: documentation(building, schema, place) };
}

function checkKey(building: Building, name: string, schema: Handle, place: Place): void {
  if (isInherited(name)) {
    report(building, place.path, building.reader.origin(schema), {
      code: "SB1301",
      message: `the field ${name}: every JavaScript object has one already, so a missing one looks present`,
    });
  } else if (!isWellFormed(name)) {
    report(building, place.path, building.reader.origin(schema), {
      code: "SB1304",
      message: `the name of the field ${JSON.stringify(name)} has half of a surrogate pair`,
    });
  }
}

/** Asks zod what becomes of a key that is not there. */
function absence(building: Building, schema: Handle, place: Place): Absent {
  const { reader } = building;
  if (reader.omission(schema) === "required") return { kind: "missing" };
  const absent = reader.parseAbsent(schema);
  const wrong = (why: string): Absent => {
    const culprit = wrapped(building, schema, ["default", "prefault"]) ?? schema;
    report(building, place.path, reader.position(culprit), {
      code: "SB1208",
      message: `the default value ${why}`,
    });
    return { kind: "missing" };
  };
  if (absent.kind === "issue") {
    // Without a default, zod's issue is the one for undefined.
    return wrapped(building, schema, ["default", "prefault"]) === undefined
      ? { kind: "missing" }
      : wrong(`is not accepted by its own schema (${absent.code})`);
  }
  if (absent.kind === "omitted") return absent;
  const { value } = absent;
  if (!isJson(value)) return wrong("is not JSON");
  const again = reader.parseAbsent(schema);
  if (again.kind !== "value" || !isJson(again.value) || canonicalJson(again.value) !== canonicalJson(value)) {
    return wrong("is another one each time");
  }
  const parsed = reader.parse(schema, value);
  if (!parsed.valid) return wrong(`is not accepted by its own schema (${parsed.code})`);
  if (!isJson(parsed.value) || canonicalJson(parsed.value) !== canonicalJson(value)) {
    return wrong("becomes something else when it is parsed again");
  }
  return { kind: "value", value };
}

function unknownKeys(building: Building, catchall: Handle | null, place: Place): ObjectNode["unknownKeys"] {
  if (catchall === null) return { kind: "strip" };
  const definition = building.reader.define(catchall);
  const plain = building.reader.strayChecks(catchall).length === 0;
  if (plain && definition.kind === "never") return { kind: "strict" };
  if (plain && definition.kind === "json" && definition.source === "unknown") return { kind: "loose" };
  return { kind: "catchall", node: building.buildPresent(catchall, below(place, ".*", "Extra")) };
}

export function recordNode(
  building: Building,
  schema: Handle,
  definition: Definition<"record">,
  place: Place,
): WireNode {
  if (definition.loose) {
    return refuse(building, schema, place, {
      code: "SB1212",
      message: "z.looseRecord() lets keys pass that its key schema refuses",
    });
  }
  const keys = recordKeys(building, schema, definition, place);
  const valuePlace = below(place, ".*", "Value");
  if (keys?.kind === "names" && keys.exhaustive && acceptsUndefined(building, definition.value)) {
    return refuse(building, schema, place, {
      code: "SB1212",
      message: "z.record() with an enum of keys demands all of them, but its values may be left out",
      fix: "Use z.partialRecord(…) with a value that is not optional.",
    });
  }
  const value = building.buildPresent(definition.value, valuePlace);
  return keys === null ? refused : { kind: "record", keys, value };
}

function acceptsUndefined(building: Building, schema: Handle): boolean {
  return building.reader.parse(schema, undefined).valid;
}

function recordKeys(
  building: Building,
  schema: Handle,
  definition: Definition<"record">,
  place: Place,
): RecordNode["keys"] | null {
  const { names, key } = definition;
  if (names === null) return textKeys(building, schema, key, place);
  const texts = names.filter((name) => typeof name === "string");
  const keyNode = building.build(key, below(place, ".{key}", "Key"));
  if (keyNode === refused) return null;
  if (texts.length < names.length) {
    refuse(building, schema, place, {
      code: "SB1212",
      message: "a record whose keys are not all strings: zod turns numbers into text and back",
    });
    return null;
  }
  for (const name of texts) checkKey(building, name, key, below(place, `.${name}`, ""));
  for (const group of meeting(texts, snakeCase)) {
    report(building, place.path, building.reader.origin(schema), {
      code: "SB1302",
      message: `the keys ${group.join(" and ")} are both ${snakeCase(group[0] ?? "")} in Ruby`,
    });
  }
  return { kind: "names", names: texts, exhaustive: !definition.partial };
}

function textKeys(building: Building, schema: Handle, key: Handle, place: Place): RecordNode["keys"] | null {
  const definition = building.reader.define(key);
  if (definition.kind !== "string" && definition.kind !== "templateLiteral") {
    // What it is for itself comes first: z.record(z.date(), …).
    if (building.build(key, below(place, ".{key}", "Key")) !== refused) {
      refuse(building, schema, place, {
        code: "SB1212",
        message: "a record's keys must be strings: JSON has no others, and zod rewrites the rest",
      });
    }
    return null;
  }
  const node = building.build(key, below(place, ".{key}", "Key"));
  const text = resolve(building.types, node);
  if (!isText(text)) return null;
  if (text.trim) {
    refuse(building, key, place, {
      code: "SB1212",
      message: "a record's key schema with .trim() renames keys",
      fix: "Leave out .trim().",
    });
    return null;
  }
  return { kind: "string", node: text };
}

function isText(node: WireNode): node is StringNode {
  return node.kind === "string";
}
