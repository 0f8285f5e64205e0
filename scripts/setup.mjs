// @ts-check
// Makes the machine ready: `npm run setup -- --for demo|headless|test`. Runs again in a moment where nothing is missing.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readArguments } from "./arguments.mjs";
import { ensureGems, GemsMissing } from "./setup/gems.mjs";
import { ensureTools, ToolsMissing } from "./setup/tools.mjs";

const { for: purpose } = readArguments({ for: { type: "string", default: "test" } });

if (purpose !== "demo" && purpose !== "headless" && purpose !== "test") {
  console.error(`--for takes demo, headless or test, not ${JSON.stringify(purpose)}.`);
  process.exit(2);
}

try {
  ensureTools(purpose);
  ensureGems("examples/rails");
  const runtimeGems = "runtime/ruby";
  if (
    purpose === "test" &&
    existsSync(fileURLToPath(new URL(`../${runtimeGems}/Gemfile`, import.meta.url)))
  ) {
    ensureGems(runtimeGems);
  }
} catch (error) {
  if (!(error instanceof ToolsMissing || error instanceof GemsMissing)) throw error;
  console.error(error.message);
  process.exit(1);
}
