import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { buildNodes } from "../model/build/contract.js";
import type { TypeNode, WireNode } from "../model/nodes.js";
import { positions } from "./positions.js";
import { isSchema } from "./zod/internals.js";
import { zodReader } from "./zod/reader.js";

export interface LoadedNode {
  /** `null` where the schema is refused. */
  readonly node: WireNode | null;
  /** The named types that `node` refers to, sorted by name. */
  readonly types: readonly TypeNode[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The nodes of one zod schema without a channel around it: for tests that walk over schemas. */
export function wireNodeOf(schema: unknown): LoadedNode {
  if (!isSchema(schema)) throw new TypeError("wireNodeOf takes a schema of zod 4.");
  return buildNodes(zodReader(positions), schema);
}
