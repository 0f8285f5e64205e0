import { z } from "zod";
import type { PayloadIssue } from "../protocol/frames.js";
import { withoutProtoKeys } from "../protocol/json.js";

export type Validated =
  | { readonly ok: true; readonly data: unknown }
  | { readonly ok: false; readonly issues: readonly PayloadIssue[] };

/** Checks one message of the contract and gives the schema's output, without undeclared keys. */
export type Validator = (value: unknown) => Validated;

/** Compiles a schema once, at start. Never throws: what zod itself chokes on is invalid. */
export function validator(schema: z.ZodType): Validator {
  const compiled = z.compile(schema);
  const open = holdsAnything(schema);
  return (value) => {
    try {
      const result = compiled.safeParse(value);
      if (!result.success) return { ok: false, issues: result.error.issues.map(toIssue) };
      return { ok: true, data: open ? withoutProtoKeys(result.data) : result.data };
    } catch {
      return {
        ok: false,
        issues: [{ path: [], code: "custom", message: "Invalid input: it could not be checked" }],
      };
    }
  };
}

/** Whether a part of the output is whatever came in: everywhere else zod copies declared keys only. */
function holdsAnything(schema: z.ZodType): boolean {
  let found = false;
  try {
    z.toJSONSchema(schema, {
      unrepresentable: "any",
      override: ({ zodSchema }) => {
        const { type } = zodSchema._zod.def;
        if (type === "any" || type === "unknown") found = true;
      },
    });
  } catch {
    // What cannot be described is taken for open.
    return true;
  }
  return found;
}

function toIssue(issue: z.core.$ZodIssue): PayloadIssue {
  const path = issue.path.map((key) => (typeof key === "symbol" ? String(key) : key));
  return { path, code: issue.code, message: issue.message };
}
