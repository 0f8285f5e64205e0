import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Group } from "./corpus/group.js";
import type { Verdict } from "./protocol.js";

/** What zod said of a document when the corpus was recorded. */
export interface Case {
  readonly input: string;
  readonly valid: boolean;
  /** Paths and codes, in zod's order; only where it is not valid. */
  readonly issues?: readonly (readonly [path: readonly (string | number)[], code: string])[];
  /** JSON text of the output; only where it is valid and another text than the input. */
  readonly wire?: string;
}

export interface RecordedGroup {
  readonly schema: string;
  readonly cases: readonly Case[];
}

/** One group a line, so that a change of zod shows as a change of few lines. */
const file = fileURLToPath(new URL("corpus/recorded.jsonl", import.meta.url));

export function caseOf(input: string, verdict: Verdict): Case {
  if ("refused" in verdict) throw new Error(`zod knows no domain, and yet: ${verdict.refused}`);
  if (!verdict.valid) {
    return { input, valid: false, issues: verdict.issues.map(({ path, code }) => [path, code] as const) };
  }
  return { input, valid: true, ...(verdict.wire === input ? {} : { wire: verdict.wire }) };
}

/** The verdict that a case stands for; messages are not recorded. */
export function verdictOf(recorded: Case): Verdict {
  if (recorded.valid) return { valid: true, wire: recorded.wire ?? recorded.input };
  return {
    valid: false,
    issues: (recorded.issues ?? []).map(([path, code]) => ({ path, code, message: "" })),
  };
}

export async function readRecorded(): Promise<readonly RecordedGroup[]> {
  const text = await readFile(file, "utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

export async function record(
  groups: readonly Group[],
  verdicts: readonly (readonly Verdict[])[],
): Promise<void> {
  const lines = groups.map(({ schema, documents }, index) =>
    JSON.stringify({
      schema,
      cases: documents.map((input, at) => {
        const verdict = verdicts[index]?.[at];
        if (!verdict) throw new Error(`No verdict on ${input}`);
        return caseOf(input, verdict);
      }),
    }),
  );
  await writeFile(file, `${lines.join("\n")}\n`);
}
