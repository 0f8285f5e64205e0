import { showsColour } from "../../codegen/diagnostics/reporters.js";
import { CommandError } from "../errors.js";
import type { Approval } from "./approval.js";
import { changeOf } from "./changes.js";
import { addedLines, unifiedDiff } from "./diff.js";
import { readTarget } from "./files/target.js";
import { writeWhole } from "./files/write.js";
import type { ByHand, Step } from "./step.js";

/** A change that somebody has said no to. */
export interface Declined {
  readonly path: string;
  /** What it would have added. */
  readonly lines: readonly string[];
  /** What does not work until they are there; `null` where everything does. */
  readonly without: string | null;
}

/** What has been done so far, and what is left to somebody else. */
export interface Progress {
  approval: Approval;
  readonly done: string[];
  readonly declined: Declined[];
  /** Not changed because nobody was there to be asked, or said quit. */
  readonly unasked: string[];
  readonly byHand: ByHand[];
}

/**
 * Carries steps out in their order, and notes what came of each, until somebody says quit.
 *
 * @throws CommandError where a file cannot be written; those before it are
 */
export async function carryOut(
  steps: readonly Step[],
  root: string,
  dryRun: boolean,
  progress: Progress,
): Promise<void> {
  const colour = showsColour(process.stdout, process.env);
  for (const step of steps) {
    const change = changeOf(root, step);
    if (change === null) continue;
    const { path } = change;
    switch (change.kind) {
      case "by hand":
        progress.byHand.push(change);
        break;
      case "create":
        if (dryRun) console.log(`${unifiedDiff(path, null, change.content, colour)}\n`);
        else {
          write(root, path, change.content, change.executable);
          console.log(`  + ${path}`);
        }
        progress.done.push(path);
        break;
      case "edit": {
        console.log(`\n${unifiedDiff(path, change.before, change.after, colour)}`);
        if (dryRun) {
          progress.done.push(path);
          break;
        }
        const answer = await decide(progress, path);
        if (answer === "quit") return;
        if (answer === "declined") {
          const lines = addedLines(change.before, change.after);
          progress.declined.push({ path, lines, without: change.without });
        }
        if (answer !== "yes") break;
        const now = readTarget(root, path);
        if (now.kind !== "text" || now.text !== change.before) {
          throw new CommandError(
            `${path} has changed meanwhile, and was not written. Run signalbox init again.`,
          );
        }
        write(root, path, change.after, false);
        console.log(`  ~ ${path}`);
        progress.done.push(path);
        break;
      }
      default:
        return change satisfies never;
    }
  }
}

type Decision = "yes" | "declined" | "unasked" | "quit";

/** Whether a change that has been shown may be made. */
async function decide(progress: Progress, path: string): Promise<Decision> {
  switch (progress.approval.kind) {
    case "all":
      return "yes";
    case "none":
      progress.unasked.push(path);
      return "unasked";
    case "ask": {
      const answer = await progress.approval.ask(path);
      if (answer === "all") progress.approval = { kind: "all" };
      if (answer === "quit") progress.unasked.push(path);
      if (answer === "no") return "declined";
      return answer === "all" ? "yes" : answer;
    }
    default:
      return progress.approval satisfies never;
  }
}

function write(root: string, path: string, content: string, executable: boolean): void {
  try {
    writeWhole(root, path, content, executable);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandError(
      `${path} cannot be written: ${why}\nWhat was written before it stays. Mend this, and run signalbox init again for the rest.`,
    );
  }
}
