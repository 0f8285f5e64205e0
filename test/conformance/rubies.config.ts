import { mergeConfig } from "vitest/config";
import base from "../../vitest.config.js";

export default mergeConfig(base, { test: { include: ["test/conformance/rubies.spec.ts"] } });
