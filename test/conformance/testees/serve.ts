import { createInterface } from "node:readline";
import * as z from "zod";
import type { Answer, Request, Verdict } from "../protocol.js";

/** A schema from its source. */
export function schemaFrom(source: string): z.ZodType {
  const schema: unknown = new Function("z", `return (${source});`)(z);
  if (!(schema instanceof z.ZodType)) throw new TypeError(`No schema: ${source}`);
  return schema;
}

/** Speaks the protocol; `prepare` makes of a schema what checks one document. */
export async function serve(prepare: (schema: z.ZodType) => (document: string) => Verdict): Promise<void> {
  const checks = new Map<string, (document: string) => Verdict>();
  const answer = (request: Request): Answer => {
    if (request.do === "load") {
      for (const [name, source] of Object.entries(request.schemas))
        checks.set(name, prepare(schemaFrom(source)));
      return { loaded: Object.keys(request.schemas).length };
    }
    const check = checks.get(request.schema);
    if (!check) throw new Error(`Not loaded: ${request.schema}`);
    return { verdicts: request.documents.map(check) };
  };
  for await (const line of createInterface({ input: process.stdin })) {
    process.stdout.write(`${JSON.stringify(answer(JSON.parse(line)))}\n`);
  }
}
