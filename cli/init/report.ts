import { existsSync } from "node:fs";
import { join } from "node:path";
import { type ExitCode, exitCode } from "../exit-codes.js";
import { clientImport } from "./app/javascript.js";
import { installCommand } from "./app/packages.js";
import type { Declined, Progress } from "./carry-out.js";
import type { ByHand, Plan } from "./step.js";
import { sampleFile } from "./steps/contract.js";
import { typeCheckCommand } from "./steps/type-check.js";

/** Tells what is left to be done, what to know, and what comes next. @returns the exit code */
export function closing(plan: Plan, progress: Progress, dryRun: boolean): ExitCode {
  const { done, declined, unasked, byHand } = progress;
  if (dryRun) {
    console.log(
      done.length + byHand.length === 0
        ? "Nothing to do: everything is in place."
        : "Nothing was written: this is what signalbox init would do, and codegen with it.",
    );
    tellByHand(byHand);
    return exitCode.ok;
  }
  const isWhole = unasked.length === 0 && byHand.length === 0 && declined.length === 0;
  if (done.length === 0 && isWhole) {
    console.log("Nothing to do: everything is in place.");
  }
  if (declined.length > 0) {
    console.log(`\nLeft as they were: ${declined.map(({ path }) => path).join(", ")}`);
  }
  for (const doubt of plan.doubts) console.log(`\nNote: ${doubt}`);
  tellByHand(byHand);
  if (unasked.length > 0) console.error(`\n${unaskedSentence(progress)}`);
  else if (done.length + declined.length > 0) console.log(`\n${nextSteps(plan, progress)}`);
  return isWhole ? exitCode.ok : exitCode.failed;
}

function tellByHand(steps: readonly ByHand[]): void {
  if (steps.length === 0) return;
  console.log("\nTo be added by hand:");
  for (const { path, where, lines } of steps) {
    console.log(`\n${path}, ${where}:\n${lines.map((line) => `    ${line}`.trimEnd()).join("\n")}`);
  }
}

function unaskedSentence({ unasked, approval }: Progress): string {
  const files = unasked.join(", ");
  return approval.kind === "none"
    ? `Not changed, because nobody can be asked here: ${files}. Run it with --yes, or in a terminal.`
    : `Ended before ${files}. Run signalbox init again for the rest.`;
}

/** What of a refused change somebody has to add, if not by init. */
function neededSentence({ path, lines, without }: Declined): string[] {
  if (without === null) return [];
  return [
    `You left ${path} as it was. Without these lines ${without}:${lines.map((line) => `\n       ${line}`).join("")}`,
  ];
}

function nextSteps(
  plan: Plan,
  { done, byHand, declined }: Pick<Progress, "done" | "byHand" | "declined">,
): string {
  const { app, javascript, layout, packageManager } = plan;
  const sample = done.includes(sampleFile(layout));
  const { specifier, files } = clientImport(javascript, layout.outputs.client ?? "");
  const script = files.find((file) => existsSync(join(app.root, file))) ?? files[0];
  const listen = 'realtime.thing().on("updated", ({ contents }) => console.log(contents));';
  const publish = `bin/rails runner '${layout.rubyModule}.publish "thing", contents: "hello"'`;
  const steps = [
    ...(byHand.length > 0 ? ["Add what is listed above by hand."] : []),
    ...declined.flatMap(neededSentence),
    ...(done.includes("package.json")
      ? [
          `${installCommand(packageManager)} brings TypeScript, which package.json has now. ${typeCheckCommand(plan)} checks handlers and gateway.ts, as CI does.`,
        ]
      : []),
    `bin/dev starts Rails and the gateway.`,
    `${script}: import { realtime } from "${specifier}";${sample ? ` ${listen}` : ""}`,
    ...(sample ? [`${publish} is seen in the browser's console.`] : []),
    `${layout.schema}/ is the contract: what you change there, bin/dev generates. Commit it with the rest.`,
  ];
  return ["Next:", ...steps.map((step, index) => `  ${index + 1}. ${step}`)].join("\n");
}
