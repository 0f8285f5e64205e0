/**
 * How a value is made ready for the wire in one pass, where its value is used: coerced and checked, without a report.
 * What only {@link Coercer} and {@link Checker} can tell ends the calling method with nil.
 */
export type Caster =
  /** Statements over a variable: they assign the wire value to it, or return. */
  | { readonly kind: "statements"; readonly of: (variable: string) => string[] }
  /** A Ruby expression that gives the wire value, or nil. */
  | { readonly kind: "call"; readonly of: (value: string) => string };

/** The statements that a caster is, over a variable. */
export function castStatements(caster: Caster, variable: string): string[] {
  if (caster.kind === "statements") return caster.of(variable);
  return [`${variable} = ${caster.of(variable)} or return`];
}
