import { type ExitCode, exitCode } from "../exit-codes.js";
import { clientImport } from "./app/javascript.js";
import type { Progress } from "./init.js";
import type { ByHand, Plan } from "./step.js";

/** Tells what is left to be done, what to know, and what comes next. @returns the exit code */
export function closing(plan: Plan, progress: Progress, dryRun: boolean): ExitCode {
  const { done, declined, unasked, byHand } = progress;
  if (dryRun) {
    console.log("Nothing was written: this is what signalbox init would do, and codegen after it.");
    tellByHand(byHand);
    return exitCode.ok;
  }
  const isWhole = unasked.length === 0 && byHand.length === 0;
  const hasChanged = done.length > 0;
  if (!hasChanged && isWhole && declined.length === 0) console.log("Nothing to do: everything is in place.");
  if (declined.length > 0) console.log(`\nLeft as they were: ${declined.join(", ")}`);
  for (const doubt of doubtsOf(plan)) console.log(`\nNote: ${doubt}`);
  tellByHand(byHand);
  if (unasked.length > 0) {
    console.error(`\n${unaskedSentence(progress)}`);
    return exitCode.failed;
  }
  if (hasChanged) console.log(`\n${nextSteps(plan)}`);
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

function doubtsOf({ app, cookie, javascript }: Plan): readonly string[] {
  const sentences = [...cookie.doubts];
  if (app.apiOnly) {
    sentences.push(
      "This is an API: Rails writes no session there unless its middleware is added, so that nobody is signed in for the gateway; identify in gateway.ts decides who is.",
    );
  }
  if (javascript === "none") {
    sentences.push(
      "The browser client has no page here: point outputs.client of signalbox.config.ts to where it is bundled.",
    );
  }
  return sentences;
}

function nextSteps({ javascript, layout }: Plan): string {
  const { specifier, file } = clientImport(javascript, layout.outputs.client ?? "");
  const module = layout.rubyModule;
  return `Next:
  1. ${file}: import { realtime } from "${specifier}"; realtime.thing().on("updated", ({ contents }) => console.log(contents));
  2. bin/dev starts Rails and the gateway; open http://localhost:3000
  3. bin/rails runner '${module}.publish "thing", contents: "hello"' and look at the browser's console
  4. Change ${layout.schema}/ to what your pages need: everything else follows. Commit what is generated.`;
}
