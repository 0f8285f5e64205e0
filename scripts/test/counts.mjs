// @ts-check
import { readFileSync } from "node:fs";

/**
 * Counts what vitest's JSON report says. A file that could not be loaded has no tests in it: it counts as one that failed.
 *
 * @param {string} report the file that `--outputFile.json` named
 * @returns {{ passed: number, failed: number }}
 */
export function readCounts(report) {
  /** @type {{ numPassedTests: number, numFailedTests: number, testResults: { status: string, assertionResults: { status: string }[] }[] }} */
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, "utf8"));
  const broken = testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" && !assertionResults.some((test) => test.status === "failed"),
  );
  return { passed: numPassedTests, failed: numFailedTests + broken.length };
}
