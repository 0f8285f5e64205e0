/** How a node's coercion is written where its value is used. */
export interface Coercer {
  /** Whether nothing that the node takes needs it: booleans, null. */
  readonly identity: boolean;
  /**
   * A Ruby expression that gives the coerced value.
   *
   * @param descend whether the value is a member of what the calling method coerces
   */
  readonly apply: (value: string, descend: boolean) => string;
}
