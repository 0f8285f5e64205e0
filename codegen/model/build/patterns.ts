import { translateRegex } from "../../regex/translate.js";
import type { Handle } from "../definition.js";
import type { SourcePosition } from "../nodes.js";
import { type Building, type Place, report } from "./building.js";

/** A regular expression that the user wrote: worth a look at how long it can take. */
export interface WrittenPattern {
  readonly pattern: RegExp;
  readonly path: string;
  readonly position: SourcePosition | undefined;
}

/**
 * Whether Ruby can say a pattern; if not, reports where in it the trouble is.
 *
 * @param handles what the pattern belongs to, the nearest first
 */
export function soundPattern(
  building: Building,
  handles: readonly Handle[],
  pattern: RegExp,
  place: Place,
): boolean {
  const text = String(pattern);
  const translation = translateRegex(pattern);
  if (translation.ok) return true;
  const { why, offset } = translation;
  report(building, place.path, positionOf(building, handles, text, offset + 1), {
    code: "SB1402",
    message: `${text}: ${why}, at character ${offset + 1} of the pattern, cannot be said in Ruby`,
  });
  return false;
}

export function noteWritten(
  building: Building,
  handles: readonly Handle[],
  pattern: RegExp,
  place: Place,
): void {
  building.written.push({
    pattern,
    path: place.path,
    position: positionOf(building, handles, String(pattern), 0),
  });
}

function positionOf(
  building: Building,
  handles: readonly Handle[],
  text: string,
  offset: number,
): SourcePosition | undefined {
  for (const handle of handles) {
    const position = building.reader.positionInside(handle, text, offset);
    if (position !== undefined) return position;
  }
  return undefined;
}
