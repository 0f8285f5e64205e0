import type { Handle, SchemaDefinition } from "../definition.js";
import type { LengthCheck, WireNode } from "../nodes.js";
import { type Building, below, type Place, refuse, refused, report, resolve } from "./building.js";
import { lengthCheck, reportStray } from "./strings.js";

type Definition<Kind> = Extract<SchemaDefinition, { readonly kind: Kind }>;

export function arrayNode(
  building: Building,
  schema: Handle,
  definition: Definition<"array">,
  place: Place,
): WireNode {
  const checks: LengthCheck[] = [];
  for (const check of definition.checks) {
    if (check.kind === "minLength" || check.kind === "maxLength" || check.kind === "exactLength") {
      const node = lengthCheck(building, schema, check, place);
      if (node !== null) checks.push(node);
    } else {
      reportStray(building, schema, check, place);
    }
  }
  return {
    kind: "array",
    element: building.buildPresent(definition.element, below(place, "[]", "Item")),
    checks,
  };
}

export function tupleNode(
  building: Building,
  schema: Handle,
  definition: Definition<"tuple">,
  place: Place,
): WireNode {
  const { reader } = building;
  const omissions = definition.items.map((item) => reader.omission(item));
  const required = omissions.lastIndexOf("required") + 1;
  const wrong = (index: number, message: string) =>
    report(building, `${place.path}[${index}]`, reader.position(definition.items[index] ?? schema), {
      code: "SB1211",
      message,
    });
  for (const [index, omission] of omissions.entries()) {
    if (omission === "replaced")
      wrong(index, "an item of a tuple with a default: what stands before it may be missing");
    else if (omission === "optional" && index < required)
      wrong(index, "an optional item before a required one");
    else if (
      omission === "required" &&
      definition.rest !== null &&
      acceptsUndefined(building, definition.items[index])
    ) {
      wrong(index, "an item that accepts everything, with a rest: zod does not check the length then");
    }
  }
  const items = definition.items.map((item, index) =>
    building.build(item, below(place, `[${index}]`, `Item${index + 1}`)),
  );
  if (items.includes(refused)) return refused;
  const rest =
    definition.rest === null
      ? {}
      : { rest: building.buildPresent(definition.rest, below(place, "[…]", "Rest")) };
  return { kind: "tuple", items, required, ...rest };
}

function acceptsUndefined(building: Building, schema: Handle | undefined): boolean {
  return schema !== undefined && building.reader.parse(schema, undefined).valid;
}

export function intersectionNode(
  building: Building,
  schema: Handle,
  definition: Definition<"intersection">,
  place: Place,
): WireNode {
  const left = building.build(definition.left, below(place, "", "Left"));
  const right = building.build(definition.right, below(place, "", "Right"));
  if (left === refused || right === refused) return refused;
  const keys = [left, right].map((side) => stripKeys(building, side));
  const [leftKeys, rightKeys] = keys;
  if (leftKeys == null || rightKeys == null) {
    return refuse(building, schema, place, {
      code: "SB1210",
      message: "an intersection of anything but two plain z.object()s",
    });
  }
  const common = leftKeys.filter((key) => rightKeys.includes(key));
  if (common.length > 0) {
    return refuse(building, schema, place, {
      code: "SB1210",
      message: `an intersection whose sides both have ${common.join(", ")}`,
    });
  }
  return { kind: "intersection", left, right };
}

/** The keys of a plain object; `null` for anything else. */
function stripKeys(building: Building, node: WireNode): readonly string[] | null {
  const object = resolve(building.types, node);
  if (object.kind !== "object" || object.unknownKeys.kind !== "strip") return null;
  return object.properties.map((property) => property.name);
}

/** `a.pipe(b)`: only between schemas that have no parts. */
export function pipeNode(
  building: Building,
  schema: Handle,
  definition: Definition<"pipe">,
  place: Place,
): WireNode {
  const from = building.build(definition.from, below(place, "", ""));
  const into = building.build(definition.into, below(place, "", ""));
  if (from === refused || into === refused) return refused;
  if (!isLeaf(building, from) || !isLeaf(building, into)) {
    return refuse(building, schema, place, {
      code: "SB1209",
      message: ".pipe() with a schema that has parts: zod loses issues there, so that invalid data passes",
    });
  }
  if (
    into.kind === "string" &&
    into.trim &&
    !(from.kind === "string" && (from.trim || from.checks.length === 0))
  ) {
    return refuse(building, definition.into, place, {
      code: "SB1205",
      message:
        ".trim() behind .pipe(): what it cuts off has been checked, and the next hop checks what is left",
    });
  }
  return { kind: "pipe", from, into };
}

function isLeaf(building: Building, node: WireNode): boolean {
  const leaf = resolve(building.types, node);
  switch (leaf.kind) {
    case "string":
    case "number":
    case "boolean":
    case "null":
    case "literal":
      return true;
    case "pipe":
      return isLeaf(building, leaf.from) && isLeaf(building, leaf.into);
    default:
      return false;
  }
}
