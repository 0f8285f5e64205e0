import { snakeCase } from "../../../model/names.js";
import type { ObjectNode } from "../../../model/nodes.js";

/** How Ruby may spell each field: as on the wire, and in snake_case where no other field is called that. */
export function spellingsOf(node: ObjectNode): ReadonlyMap<string, readonly string[]> {
  const names = new Set(node.properties.map((property) => property.name));
  const taken = new Set<string>();
  return new Map(
    node.properties.map(({ name }) => {
      const snake = snakeCase(name);
      const alias = snake !== "" && !names.has(snake) && !taken.has(snake) ? [snake] : [];
      for (const each of alias) taken.add(each);
      return [name, [name, ...alias]];
    }),
  );
}

/** The spelling of each field that Ruby code is written with: snake_case where it can be. */
export function rubyNamesOf(node: ObjectNode): ReadonlyMap<string, string> {
  return new Map([...spellingsOf(node)].map(([name, spellings]) => [name, spellings.at(-1) ?? name]));
}
