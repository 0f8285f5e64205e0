/** How the checks of one node are written where its value is used. */
export interface Checker {
  /**
   * A Ruby expression over a variable that is true only of values that are valid and stay as they are; null where
   * only the full check can tell. It may be false of a valid value: then the full check decides.
   */
  readonly fast: ((value: string) => string) | null;
  /**
   * A Ruby expression that checks fully: appends issues, with paths that start at this value, and gives the wire value.
   *
   * @param descend whether the value is a member of what the calling method checks
   * @param issues the Ruby variable that collects them; `issues` where nothing is said
   */
  readonly full: (value: string, descend: boolean, issues?: string) => string;
}

/** What generated modules call the runtime; `Types` defines it, and no type gets this name. */
export const WIRE = "Wire";
export const UNDEFINED = `${WIRE}::UNDEFINED`;

/** Calls a method that checks something without members, as {@link Checker.full}. */
export function leafCall(method: string): Checker["full"] {
  return (value, _descend, issues = "issues") => `${method}(${value}, ${issues})`;
}
