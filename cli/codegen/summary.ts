import { fileError } from "../../codegen/diagnostics/reporters/github.js";
import type { FileFinding } from "../../codegen/diagnostics/reporters/json.js";
import { shortDiff } from "../../codegen/emit/diff.js";
import type { Change, Plan } from "../../codegen/emit/plan.js";
import type { MissingHandler } from "../../codegen/generate.js";

/** What a run did, or with `--dry-run` would do: one line a file, then a sentence. */
export function changesSummary(plan: Plan, written: boolean, milliseconds: number): string {
  const files = plan.changes.length + plan.unchanged.length;
  const took = `${files} files, ${Math.round(milliseconds)} ms`;
  if (plan.changes.length === 0) return [...keptLines(plan), `Up to date: ${took}`].join("\n");
  const verb = written ? "Generated" : "Nothing was written; without --dry-run these would be";
  return [
    ...plan.changes.map((change) => `  ${signs[change.kind]} ${change.path}${editedByHand(change)}`),
    ...keptLines(plan),
    `${verb}: ${count(plan.changes.length)} of ${took}`,
  ].join("\n");
}

const signs: Readonly<Record<Change["kind"], string>> = { added: "+", changed: "~", removed: "-" };

const count = (changes: number) => (changes === 1 ? "1 change" : `${changes} changes`);

const editedByHand = (change: Change) =>
  change.kind === "changed" && change.byHand ? " (edits by hand are overwritten)" : "";

const keptLines = (plan: Plan) =>
  plan.kept.map((path) => `  ! ${path} is not generated any more, but stays: it lost its banner`);

/** What `--check` found: which files, what in them, and the command that mends it. */
export function driftSummary(plan: Plan, command: string): string {
  const { changes } = plan;
  const section = (title: string, paths: readonly string[]) =>
    paths.length === 0 ? [] : [`${title}:`, ...paths.map((path) => `  ${path}`)];
  const changed = changes.filter((change) => change.kind === "changed");
  const diff = shortDiff(changes);
  return [
    "What is generated does not fit the contract.",
    ...section("Missing", changes.filter((change) => change.kind === "added").map(pathOf)),
    ...section("Out of date", changed.filter((change) => !change.byHand).map(pathOf)),
    ...section("Changed by hand", changed.filter((change) => change.byHand).map(pathOf)),
    ...section("Not generated any more", changes.filter((change) => change.kind === "removed").map(pathOf)),
    ...(diff === "" ? [] : ["", diff]),
    "",
    driftFix(command),
  ].join("\n");
}

/** The same for GitHub, one annotation a file. The diff is for the log. */
export function driftAnnotations(plan: Plan, command: string): string {
  return plan.changes
    .map((change) => fileError(change.path, "drift", `${driftSentence(change)} ${driftFix(command)}`))
    .join("\n");
}

/** The same for programs. */
export function driftFindings(plan: Plan, command: string): readonly FileFinding[] {
  return plan.changes.map((change) => ({
    code: "drift",
    severity: "error",
    message: driftSentence(change),
    fix: driftFix(command),
    position: { file: change.path },
  }));
}

const driftSentence = (change: Change) => `What is generated does not fit the contract: ${driftOf(change)}.`;
const driftFix = (command: string) => `Run ${command} and commit the result.`;

function driftOf(change: Change): string {
  switch (change.kind) {
    case "added":
      return "this file is missing";
    case "changed":
      return change.byHand ? "this file was changed by hand" : "this file is out of date";
    case "removed":
      return "this file is not generated any more";
    default:
      return change satisfies never;
  }
}

const pathOf = (change: Change) => change.path;

const missingHandler = "The contract needs a file of handlers here, and there is none.";

/** The same for GitHub. What each can begin with is for the log. */
export function missingHandlersAnnotations(missing: readonly MissingHandler[]): string {
  return missing.map(({ file }) => fileError(file, "handlers", missingHandler)).join("\n");
}

/** The same for programs. */
export function missingHandlersFindings(missing: readonly MissingHandler[]): readonly FileFinding[] {
  return missing.map(({ file, stub }) => ({
    code: "handlers",
    severity: "error",
    message: missingHandler,
    fix: `Write it. To begin with:\n${stub}`,
    position: { file },
  }));
}

/** Which handler files have to be written, and what each can begin with. */
export function missingHandlersSummary(missing: readonly MissingHandler[]): string {
  const names = missing.map(({ file }) => file).join(", ");
  const verb = missing.length === 1 ? "is" : "are";
  return [
    `error: ${names} ${verb} missing: the contract needs a file of handlers there (docs/codegen.md). To begin with:`,
    ...missing.flatMap(({ file, stub }) => ["", `  // ${file}`, stub.replace(/^(?=.)/gm, "  ")]),
    "",
  ].join("\n");
}
