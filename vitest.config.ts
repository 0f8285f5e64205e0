import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// Tests import the public specifiers as users do; here they reach the sources, so that a change needs no build first.
export default defineConfig({
  resolve: {
    alias: [
      { find: /^signalbox$/, replacement: source("./runtime/contract/index.ts") },
      { find: /^signalbox\/gateway$/, replacement: source("./runtime/gateway/index.ts") },
      { find: /^signalbox\/client$/, replacement: source("./runtime/client/index.ts") },
      { find: /^signalbox\/cookies$/, replacement: source("./runtime/auth/index.ts") },
      { find: /^signalbox\/testing$/, replacement: source("./runtime/testing/index.ts") },
    ],
  },
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/fixtures/**"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Conditions are waited for as long as a test may take: a busy machine is no failure.
    expect: { poll: { timeout: 20_000 } },
  },
});
