import type { Handle } from "../definition.js";
import { similar } from "../names.js";
import type { SourcePosition } from "../nodes.js";
import { type Building, type Finding, report } from "./building.js";

/** A channel as the schema folder exports it: nothing about `options` is certain. */
export interface DeclaredChannel {
  readonly handle: Handle;
  readonly pattern: unknown;
  readonly options: unknown;
  readonly file: string;
  readonly exportName: string;
  readonly position: SourcePosition;
}

/** One channel's work: where findings go, and what to say about it. */
export interface Work {
  readonly building: Building;
  readonly declared: DeclaredChannel;
  readonly path: string;
  readonly typeName: string;
}

/** Tells what is wrong with a property of the options, where that is written; without one, or elsewhere, at the call. */
export function tell(
  { building, declared, path }: Work,
  finding: Finding,
  ...property: readonly string[]
): void {
  const { handle, options } = declared;
  const written =
    property.length === 0 ? undefined : building.reader.positionOfProperty(handle, property, options);
  report(building, path, written ?? declared.position, finding);
}

export function record(value: unknown): Readonly<Record<string, unknown>> | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  return Object.fromEntries(Object.entries(value));
}

/** The end of a message about a name that there is not. */
export function didYouMean(wrong: string, names: readonly string[]): string {
  const [nearest] = similar(wrong, names);
  return nearest === undefined ? "" : `; did you mean ${nearest}?`;
}
