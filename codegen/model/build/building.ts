import { catalogue, type DiagnosticCode } from "../../diagnostics/catalogue.js";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import type { Handle, SchemaReader } from "../definition.js";
import type { SourcePosition, TypeNode, WireNode } from "../nodes.js";
import type { WrittenPattern } from "./patterns.js";
import type { TypeNames } from "./type-names.js";

/** Where in the contract a schema stands. */
export interface Place {
  /** For people: `room.messagePosted.body`. */
  readonly path: string;
  /** What its type is called if nothing else names it: `RoomMessagePostedBody`. */
  readonly typeName: string;
  /** How many schemas are around it. */
  readonly depth: number;
}

/** A schema that has been met. */
export interface Entry {
  /** Set as soon as somebody refers to it by name; then it becomes a type. */
  name: string | null;
  readonly place: Place;
  /** `null` while it is being built. */
  node: WireNode | null;
}

/** One run from schemas to nodes. */
export interface Building {
  /** The node of a schema; of one that was met before, the same node or a reference to it. */
  build(schema: Handle, place: Place): WireNode;
  /** The same where JSON always has a value: an element, a record's value, a payload. */
  buildPresent(schema: Handle, place: Place): WireNode;
  readonly reader: SchemaReader;
  readonly names: TypeNames;
  readonly diagnostics: Diagnostic[];
  /** By {@link SchemaReader.identity}. */
  readonly entries: Map<Handle, Entry>;
  readonly types: Map<string, TypeNode>;
  /** Patterns that the user wrote. */
  readonly written: WrittenPattern[];
  /** The schema that a node was made from, for later findings about it. */
  readonly origins: Map<WireNode, { readonly schema: Handle; readonly place: Place }>;
}

export interface Finding {
  readonly code: DiagnosticCode;
  readonly severity?: "error" | "warning" | "note";
  readonly message: string;
  readonly fix?: string;
}

/** Adds a diagnostic; without a fix of its own it takes the catalogue's. */
export function report(
  building: Pick<Building, "diagnostics">,
  path: string,
  position: SourcePosition | undefined,
  finding: Finding,
): void {
  building.diagnostics.push({
    code: finding.code,
    severity: finding.severity ?? "error",
    message: finding.message,
    fix: finding.fix ?? catalogue[finding.code].fix,
    path,
    ...(position === undefined ? {} : { position }),
  });
}

/** What stands for a schema that was refused, so that building goes on and finds the rest. */
export const refused: WireNode = Object.freeze({ kind: "never" });

/** Refuses a schema; the position is where its chain begins. */
export function refuse(building: Building, schema: Handle, place: Place, finding: Finding): WireNode {
  report(building, place.path, building.reader.origin(schema), finding);
  return refused;
}

export function below(place: Place, path: string, typeName: string): Place {
  return { path: place.path + path, typeName: place.typeName + typeName, depth: place.depth + 1 };
}

/** The node that a reference stands for. */
export function resolve(types: ReadonlyMap<string, TypeNode>, node: WireNode): WireNode {
  let current = node;
  for (let steps = 0; current.kind === "reference" && steps < 1_000; steps += 1) {
    const type = types.get(current.name);
    if (type === undefined) return current;
    current = type.node;
  }
  return current;
}
