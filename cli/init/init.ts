import { CommandError } from "../errors.js";
import { type ExitCode, exitCode } from "../exit-codes.js";
import { definitionOf } from "./app/events-constant.js";
import type { JavascriptKind } from "./app/javascript.js";
import { requirePackages } from "./app/packages.js";
import type { Approval } from "./approval.js";
import { carryOut, type Progress } from "./carry-out.js";
import { makePlan } from "./plan.js";
import { closing } from "./report.js";
import type { Plan } from "./step.js";
import { ciSteps } from "./steps/ci.js";
import { contractSteps } from "./steps/contract.js";
import { processSteps } from "./steps/processes.js";
import { railsSteps } from "./steps/rails.js";
import { repositorySteps } from "./steps/repository.js";
import { securityPolicySteps } from "./steps/security-policy.js";
import { setupSteps } from "./steps/setup.js";
import { testSteps } from "./steps/tests.js";
import { typeCheckSteps } from "./steps/type-check.js";

export interface InitOptions {
  /** The Rails application's folder, absolute. */
  readonly root: string;
  readonly javascript: JavascriptKind | undefined;
  /** Name of the Ruby module, where it is not to be `Events`. */
  readonly rubyModule: string | undefined;
  readonly approval: Approval;
  readonly dryRun: boolean;
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
  await carryOut(contractSteps(plan), root, dryRun, progress);
  if (!dryRun && !(await generate(root))) {
    console.error("\nRails has not been touched. Mend this, and run signalbox init again.");
    return exitCode.failed;
  }
  const steps = [
    ...railsSteps(plan),
    ...securityPolicySteps(plan),
    ...processSteps(plan),
    ...setupSteps(plan),
    ...testSteps(plan),
    ...repositorySteps(plan),
    ...typeCheckSteps(plan),
    ...ciSteps(plan),
  ];
  await carryOut(steps, root, dryRun, progress);
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
