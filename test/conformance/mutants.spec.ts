import { expect, test } from "vitest";
import { campaign } from "./fuzz/campaign.js";
import { mutants } from "./fuzz/mutants.js";

// `npm run test:mutants`. Each planted bug must be found by a campaign no longer than that of `npm test`.
test.each(mutants)("finds: $name", { timeout: 0 }, async ({ apply }) => {
  const report = await campaign({ seed: 2026, documents: 5_000, mutate: apply });
  expect(report.disagreement, `${report.documents} documents`).not.toBeNull();
});
