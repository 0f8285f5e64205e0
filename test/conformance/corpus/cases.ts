import type { Group } from "./group.js";
import { containers } from "./tables/containers.js";
import { formats } from "./tables/formats.js";
import { numbers } from "./tables/numbers.js";
import { objects } from "./tables/objects.js";
import { strings } from "./tables/strings.js";

/** A document nested this deep: arrays, then objects. */
const nested = (depth: number) => [
  "[".repeat(depth) + "]".repeat(depth),
  `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`,
];

const depths: readonly Group[] = [
  "z.any()",
  "z.json()",
  "z.record(z.string(), z.json())",
  "z.array(z.unknown())",
].map((schema) => ({
  schema,
  documents: [...nested(1), ...nested(50), ...nested(99), ...nested(100)],
}));

/** The corpus, by schema: what was found to differ between engines, and what is next to it. */
export const groups: readonly Group[] = [
  ...strings,
  ...formats,
  ...numbers,
  ...objects,
  ...containers,
  ...depths,
];
