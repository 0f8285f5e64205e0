/**
 * What the harness says to a testee, one JSON object a line on its standard input, and what it answers, one line each
 * on its standard output. A testee is a program that checks payloads: zod itself, the gateway's validator, the
 * generated Ruby. None knows what the others say.
 */

export type Request =
  /** Get ready for these schemas. Each testee takes what it needs: zod the source, Ruby the file and module. */
  | {
      readonly do: "load";
      /** Name → a JavaScript expression over `z`. */
      readonly schemas: Readonly<Record<string, string>>;
      readonly ruby: { readonly file: string; readonly modules: Readonly<Record<string, string>> };
    }
  /** Check these documents, JSON texts, against one schema. */
  | { readonly do: "check"; readonly schema: string; readonly documents: readonly string[] };

export interface Issue {
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly message: string;
}

export type Verdict =
  /** `wire` is the JSON text that goes on. */
  | { readonly valid: true; readonly wire: string }
  | { readonly valid: false; readonly issues: readonly Issue[] }
  /** The document lies outside the domain in which all sides must agree: too deep, half a surrogate pair, infinite. */
  | { readonly refused: string };

export type Answer = { readonly loaded: number } | { readonly verdicts: readonly Verdict[] };
