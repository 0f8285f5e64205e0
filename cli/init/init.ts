import { showsColour } from "../../codegen/diagnostics/reporters.js";
import { CommandError } from "../errors.js";
import { type ExitCode, exitCode } from "../exit-codes.js";
import { definitionOf } from "./app/events-constant.js";
import type { JavascriptKind } from "./app/javascript.js";
import { requirePackages } from "./app/packages.js";
import { type Approval, ask } from "./approval.js";
import { changeOf } from "./changes.js";
import { unifiedDiff } from "./diff.js";
import { readTarget } from "./files/target.js";
import { createFile, replaceFile } from "./files/write.js";
import { makePlan } from "./plan.js";
import { closing } from "./report.js";
import type { ByHand, Plan, Step } from "./step.js";
import { contractSteps } from "./steps/contract.js";
import { processSteps } from "./steps/processes.js";
import { railsSteps } from "./steps/rails.js";
import { repositorySteps } from "./steps/repository.js";
import { securityPolicySteps } from "./steps/security-policy.js";
import { testSteps } from "./steps/tests.js";

export interface InitOptions {
  /** The Rails application's folder, absolute. */
  readonly root: string;
  readonly javascript: JavascriptKind | undefined;
  /** Name of the Ruby module, where it is not to be `Events`. */
  readonly rubyModule: string | undefined;
  readonly approval: Approval;
  readonly dryRun: boolean;
}

/** What has been done so far, and what is left to somebody else. */
export interface Progress {
  approval: Approval;
  readonly done: string[];
  readonly declined: string[];
  /** Not changed because nobody was there to be asked. */
  readonly unasked: string[];
  readonly byHand: ByHand[];
}

/**
 * `signalbox init`: sets a Rails application up. Files that are not there are made; one that is gets the smallest
 * insertion, once it has been shown and somebody has said yes. Whatever is done already is left alone, so that it can be
 * run again at any time.
 *
 * @returns 1 where something is left to be done
 * @throws CommandError where it cannot begin
 */
export async function init(options: InitOptions): Promise<ExitCode> {
  const { root, dryRun } = options;
  const plan = await makePlan(options);
  if (plan === null) return exitCode.failed;
  requirePackages(root);
  refuseTakenConstant(plan);

  const progress: Progress = { approval: options.approval, done: [], declined: [], unasked: [], byHand: [] };
  console.log(`${heading(plan)}\n`);
  // The contract and what is generated of it come first: what is put into Rails afterwards needs them.
  if (!(await carryOut(contractSteps(plan), plan, dryRun, progress))) return closing(plan, progress, dryRun);
  if (!dryRun && !(await generate(root))) {
    console.error("\nRails has not been touched. Mend this, and run signalbox init again.");
    return exitCode.failed;
  }
  const steps = [
    ...railsSteps(plan),
    ...securityPolicySteps(plan),
    ...processSteps(plan),
    ...testSteps(plan),
    ...repositorySteps(plan),
  ];
  await carryOut(steps, plan, dryRun, progress);
  return closing(plan, progress, dryRun);
}

function heading({ app, javascript, cookie }: Plan): string {
  const version = app.version === null ? "Rails" : `Rails ${app.version}`;
  return `${version}, ${app.className}, JavaScript: ${javascript}, session cookie: ${cookie.name}`;
}

function refuseTakenConstant({ app, layout: { rubyModule } }: Plan): void {
  const taken = definitionOf(app.root, rubyModule);
  if (taken === null) return;
  throw new CommandError(
    `${taken} defines ${rubyModule}, and so would codegen. Name the generated module otherwise, for example:\n  signalbox init --ruby-module RealtimeEvents`,
  );
}

/** @returns whether codegen could write */
async function generate(root: string): Promise<boolean> {
  const { codegen } = await import("../codegen/codegen.js");
  const code = await codegen({
    folder: root,
    config: "signalbox.config.ts",
    mode: "write",
    format: "text",
    print: (text) => console.log(`${text.split("\n").at(-1)}`),
  });
  return code === exitCode.ok;
}

/** @returns `false` where somebody said quit */
async function carryOut(
  steps: readonly Step[],
  { app: { root } }: Plan,
  dryRun: boolean,
  progress: Progress,
): Promise<boolean> {
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
          createFile(root, path, change.content, change.executable);
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
        if (answer === "quit") return false;
        if (answer !== "yes") break;
        const now = readTarget(root, path);
        if (now.kind !== "text" || now.text !== change.before) {
          throw new CommandError(
            `${path} has changed meanwhile, and was not written. Run signalbox init again.`,
          );
        }
        replaceFile(root, path, change.after);
        console.log(`  ~ ${path}`);
        progress.done.push(path);
        break;
      }
      default:
        return change satisfies never;
    }
  }
  return true;
}

/** Whether a change that has been shown may be made. Notes what is not. */
async function decide(progress: Progress, path: string): Promise<"yes" | "no" | "quit"> {
  switch (progress.approval.kind) {
    case "all":
      return "yes";
    case "none":
      progress.unasked.push(path);
      return "no";
    case "ask": {
      const answer = await ask(path);
      if (answer === "all") progress.approval = { kind: "all" };
      if (answer === "quit") progress.unasked.push(path);
      if (answer === "no") progress.declined.push(path);
      return answer === "all" ? "yes" : answer;
    }
    default:
      return progress.approval satisfies never;
  }
}
