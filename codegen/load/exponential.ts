import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { catalogue, type DiagnosticCode } from "../diagnostics/catalogue.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { WrittenPattern } from "../model/build/patterns.js";
import { packageRoot } from "../package-root.js";
import { hasInnerChoice, withShortRepeats } from "../regex/repetition.js";

/** What of recheck is used; `npm run build` puts it into `dist/recheck.js`. */
interface Recheck {
  checkSync(
    source: string,
    flags: string,
    parameters: Readonly<Record<string, number | null>>,
  ): {
    readonly status: "safe" | "vulnerable" | "unknown";
    readonly complexity?: { readonly type: string };
    readonly attack?: { readonly pattern: string };
  };
}

/** Bounds by work, not by the clock, so that the same pattern is judged alike on any machine; the timeout is a net. */
const limits = {
  timeout: 30_000,
  attackTimeout: null,
  incubationTimeout: null,
  attackLimit: 3_000_000,
  maxIteration: 1,
  maxAttackStringSize: 3_000,
  maxNFASize: 3_000,
} as const;

type Judgement = {
  readonly code: DiagnosticCode;
  readonly severity: "warning" | "note";
  readonly message: string;
} | null;

const judged = new Map<string, Judgement>();

/**
 * Warns of patterns that can take exponential time, with a text that shows it. Loaded only for a pattern that has a
 * choice inside a loop; each pattern is judged once in a process.
 */
export async function exponentialPatterns(
  written: readonly WrittenPattern[],
): Promise<readonly Diagnostic[]> {
  const doubtful = written.filter(({ pattern }) => hasInnerChoice(pattern));
  if (doubtful.length === 0) return [];
  const recheck: Recheck = await import(pathToFileURL(join(packageRoot, "dist/recheck.js")).href);
  return doubtful.flatMap(({ pattern, path, position }): readonly Diagnostic[] => {
    const key = String(pattern);
    if (!judged.has(key)) judged.set(key, judge(recheck, pattern));
    const judgement = judged.get(key) ?? null;
    if (judgement === null) return [];
    const located = position === undefined ? {} : { position };
    return [{ ...judgement, fix: catalogue[judgement.code].fix, path, ...located }];
  });
}

function judge(recheck: Recheck, pattern: RegExp): Judgement {
  const { status, complexity, attack } = recheck.checkSync(withShortRepeats(pattern), pattern.flags, limits);
  if (status === "unknown") {
    return {
      code: "SB1403",
      severity: "note",
      message: `${pattern}: whether it can take exponential time was not found out`,
    };
  }
  if (status !== "vulnerable" || complexity?.type !== "exponential") return null;
  const text = attack === undefined ? "" : `, on ${attack.pattern} for one`;
  return { code: "SB1401", severity: "warning", message: `${pattern} can take exponential time${text}` };
}
