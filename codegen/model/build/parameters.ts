import type { ParsedPattern } from "../channel-pattern.js";
import { meeting, snakeCase } from "../names.js";
import type { ParameterNode, WireNode } from "../nodes.js";
import { type Place, refused, report, resolve } from "./building.js";
import { didYouMean, tell, type Work } from "./declared-channel.js";
import { documentation } from "./documentation.js";

/** The parameters in the order of the pattern. */
export function parameterNodes(
  work: Work,
  pattern: ParsedPattern,
  params: unknown,
): readonly ParameterNode[] {
  const { building, declared, path } = work;
  const inPattern = (name: string) =>
    building.reader.positionInside(declared.handle, `{${name}}`, 1) ?? declared.position;
  const given = new Map(typeof params === "object" && params !== null ? Object.entries(params) : []);
  for (const name of given.keys()) {
    if (pattern.parameters.includes(name)) continue;
    const message = `params has ${name}, which is not in the pattern${didYouMean(name, pattern.parameters)}`;
    tell(work, { code: "SB1103", message }, "params", name);
  }
  for (const group of meeting(pattern.parameters, snakeCase)) {
    const one = snakeCase(group[0] ?? "");
    report(building, path, inPattern(group.at(-1) ?? ""), {
      code: "SB1107",
      message: `the parameters ${group.join(" and ")} are both ${one} in Ruby`,
    });
  }
  return pattern.parameters.flatMap((name) => {
    const schema = given.get(name);
    if (schema === undefined) {
      const message = `params has no schema for {${name}}`;
      report(building, path, inPattern(name), { code: "SB1103", message });
      return [];
    }
    if (!building.reader.isSchema(schema)) {
      tell(
        { ...work, path: `${path}.{${name}}` },
        { code: "SB1200", message: `the parameter ${name} is no schema of zod 4` },
        "params",
        name,
      );
      return [];
    }
    const place: Place = { path: `${path}.{${name}}`, typeName: "Parameter", depth: 0 };
    const built = building.buildPresent(schema, place);
    const node = resolve(building.types, built);
    if (!isParameter(node)) {
      if (built !== refused) {
        report(building, place.path, building.reader.origin(schema), {
          code: "SB1104",
          message: `the parameter ${name} cannot be written into the channel's name`,
        });
      }
      return [];
    }
    return { kind: "parameter", name, node, documentation: documentation(building, schema, place) };
  });
}

const canonical = /^[A-Za-z0-9_.-]{1,128}$/;

function isParameter(node: WireNode): node is ParameterNode["node"] {
  switch (node.kind) {
    case "string":
      return !node.trim;
    case "number":
      return node.integer;
    case "literal":
      return node.values.every((value) => typeof value === "string" && canonical.test(value));
    default:
      return false;
  }
}
