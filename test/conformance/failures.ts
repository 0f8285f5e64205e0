/** A case on which a testee is known not to agree with zod. */
export interface Failure {
  readonly testee: string;
  readonly schema: string;
  readonly input: string;
  /** As `difference` says it. */
  readonly difference: string;
}

const keyOf = ({ testee, schema, input }: Failure) => JSON.stringify([testee, schema, input]);

/**
 * What is wrong with a run, given the list of known failures. A list must not go stale in silence: a failure that is
 * not on it, one that is on it and does not happen any more, and one that has become another are all faults.
 */
export function judge(found: readonly Failure[], known: readonly Failure[]): string[] {
  const listed = new Map(known.map((failure) => [keyOf(failure), failure]));
  const happened = new Set(found.map(keyOf));
  const name = ({ testee, schema, input }: Failure) => `${testee}: ${schema} on ${input}`;
  return [
    ...found.flatMap((failure) => {
      const entry = listed.get(keyOf(failure));
      if (!entry) return [`${name(failure)}\n  ${failure.difference}`];
      return entry.difference === failure.difference
        ? []
        : [`${name(failure)}\n  fails in another way than listed: ${failure.difference}`];
    }),
    ...known
      .filter((failure) => !happened.has(keyOf(failure)))
      .map((failure) => `${name(failure)}\n  is on the list of failures, but agrees now: take it off`),
  ];
}
