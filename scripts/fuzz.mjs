// @ts-check
// `npm run fuzz -- --minutes 10`: looks for a document on which Ruby, the gateway and zod disagree.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: { minutes: { type: "string" }, documents: { type: "string" }, seed: { type: "string" } },
});
const { minutes = values.documents === undefined ? "5" : "0", documents, seed } = values;
const { status } = spawnSync(
  fileURLToPath(new URL("../node_modules/.bin/vitest", import.meta.url)),
  ["run", "test/conformance/fuzz.test.ts", "--disable-console-intercept"],
  {
    cwd: fileURLToPath(new URL("..", import.meta.url)),
    stdio: "inherit",
    env: {
      ...process.env,
      SIGNALBOX_FUZZ_MINUTES: minutes,
      ...(documents === undefined ? {} : { SIGNALBOX_FUZZ_DOCUMENTS: documents }),
      ...(seed === undefined ? {} : { SIGNALBOX_FUZZ_SEED: seed }),
    },
  },
);
process.exitCode = status ?? 1;
