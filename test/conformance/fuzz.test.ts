import { expect, test } from "vitest";
import { campaign } from "./fuzz/campaign.js";

// `npm run fuzz` sets these; without them it is the part of `npm test`.
const minutes = Number(process.env.SIGNALBOX_FUZZ_MINUTES ?? "0");
const long = minutes > 0 || process.env.SIGNALBOX_FUZZ_DOCUMENTS !== undefined;
const documents = Number(process.env.SIGNALBOX_FUZZ_DOCUMENTS ?? (minutes > 0 ? "Infinity" : "5000"));
const seed = Number(process.env.SIGNALBOX_FUZZ_SEED ?? (long ? Math.floor(Math.random() * 2 ** 30) : 2026));

test("Ruby, the gateway and zod agree on random documents for random schemas", { timeout: 0 }, async () => {
  const report = await campaign({
    seed,
    documents,
    ...(long ? { progress: (count: number) => console.log(`${count} documents, so far`) } : {}),
    ...(minutes > 0 ? { milliseconds: minutes * 60_000 } : {}),
  });
  console.log(`seed ${seed}: ${JSON.stringify(report)}`);
  expect(report.disagreement, `again with SIGNALBOX_FUZZ_SEED=${seed}`).toBeNull();
  expect(report.accepted).toBeGreaterThan(report.documents / 10);
  expect(report.refused).toBeLessThan(report.schemas / 3);
});
