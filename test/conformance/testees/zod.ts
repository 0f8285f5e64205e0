// zod itself, through its interpreter: the oracle. It knows no domain: what it is given, it judges, or throws.
import type * as z from "zod";
import type { Issue } from "../protocol.js";
import { serve } from "./serve.js";

function issueOf({ path, code, message }: z.core.$ZodIssue): Issue {
  return { path: path.map((key) => (typeof key === "symbol" ? String(key) : key)), code, message };
}

await serve((schema) => (document) => {
  try {
    const result = schema.safeParse(JSON.parse(document));
    return result.success
      ? { valid: true, wire: JSON.stringify(result.data) }
      : { valid: false, issues: result.error.issues.map(issueOf) };
  } catch (error) {
    // It compares a `length` that is an object with a number, and that object may hide its valueOf.
    if (error instanceof TypeError) return { refused: `zod throws ${error.message}` };
    throw error;
  }
});
