// @ts-check
// Makes the machine ready: `npm run setup -- --for demo|headless|test`. Runs again in a moment where nothing is missing.
import { readArguments } from "./arguments.mjs";
import { ensureBundler } from "./setup/bundler.mjs";
import { ensureGems, GemsMissing } from "./setup/gems.mjs";
import { ensureTools, ToolsMissing } from "./setup/tools.mjs";

const { for: purpose } = readArguments({ for: { type: "string", default: "test" } });

if (purpose !== "demo" && purpose !== "headless" && purpose !== "test") {
  console.error(`--for takes demo, headless or test, not ${JSON.stringify(purpose)}.`);
  process.exit(2);
}

try {
  ensureTools(purpose);
  ensureGems("examples/rails", purpose === "test" ? {} : { without: "test" });
  if (purpose === "test") {
    ensureGems("runtime/ruby");
    ensureGems("test/guide/gems/rails-7.2");
    ensureBundler();
  }
} catch (error) {
  if (!(error instanceof ToolsMissing || error instanceof GemsMissing)) throw error;
  console.error(error.message);
  process.exit(1);
}
