/** Documents for one schema. Both are text, so that what is written is what every testee reads. */
export interface Group {
  /** A JavaScript expression over `z`. */
  readonly schema: string;
  /** JSON texts. */
  readonly documents: readonly string[];
}

/** JSON texts of values. */
export function json(...values: readonly unknown[]): string[] {
  return values.map((value) => JSON.stringify(value));
}

/** The same documents for each of several schemas. */
export function each(schemas: readonly string[], documents: readonly string[]): Group[] {
  return schemas.map((schema) => ({ schema, documents }));
}
