import type { Diagnostic } from "../../codegen/diagnostics/diagnostic.js";
import { type FileFinding, reportJson } from "../../codegen/diagnostics/reporters/json.js";
import type { Plan } from "../../codegen/emit/plan.js";
import type { MissingHandler } from "../../codegen/generate.js";
import { type ReportFormat, report } from "./report.js";
import {
  driftAnnotations,
  driftFindings,
  driftSummary,
  missingHandlersAnnotations,
  missingHandlersFindings,
  missingHandlersSummary,
} from "./summary.js";

/** What one run has to complain of, in the order in which it finds it. */
export interface Complaints {
  contract(diagnostics: readonly Diagnostic[]): void;
  /** Why files must not be written, a sentence each. */
  refused(sentences: readonly string[]): void;
  nothingGenerated(): void;
  drift(plan: Plan): void;
  missingHandlers(missing: readonly MissingHandler[]): void;
  /** Nothing comes any more. */
  end(): void;
}

interface ComplaintsOptions {
  readonly format: ReportFormat;
  readonly root: string;
  /** What generates anew. */
  readonly command: string;
  readonly complain: (text: string) => void;
}

export function complaints(options: ComplaintsOptions): Complaints {
  return options.format === "json" ? forPrograms(options) : forPeople(options);
}

/** At once; for GitHub the annotations stand before the same in words. */
function forPeople({ format, root, command, complain }: ComplaintsOptions): Complaints {
  return {
    contract: (diagnostics) => complain(report(diagnostics, format, root)),
    refused: (sentences) => complain(sentences.map((sentence) => `error: ${sentence}`).join("\n")),
    nothingGenerated: () => complain("Nothing was generated."),
    drift(plan) {
      if (format === "github") complain(driftAnnotations(plan, command));
      complain(driftSummary(plan, command));
    },
    missingHandlers(missing) {
      if (format === "github") complain(missingHandlersAnnotations(missing));
      complain(missingHandlersSummary(missing));
    },
    end() {},
  };
}

/** All of it in one array, and nothing where there is nothing to complain of. */
function forPrograms({ command, complain }: ComplaintsOptions): Complaints {
  const found: (Diagnostic | FileFinding)[] = [];
  return {
    contract: (diagnostics) => void found.push(...diagnostics),
    refused: (sentences) => void found.push(...sentences.map(refusal)),
    nothingGenerated() {},
    drift: (plan) => void found.push(...driftFindings(plan, command)),
    missingHandlers: (missing) => void found.push(...missingHandlersFindings(missing)),
    end() {
      if (found.length > 0) complain(reportJson(found));
    },
  };
}

function refusal(message: string): FileFinding {
  const fix = "Change outputs in the configuration, or what is in the way; nothing is written until then.";
  return { code: "output", severity: "error", message, fix };
}
