import { expect, test } from "vitest";
import { serverOf, startTestGateway, thing } from "./fixture.js";

test("a gateway whose zod judges as codegen's did starts, whatever its version; with other verdicts it does not", async () => {
  const server = serverOf([{ channel: thing }]);
  const gateway = await startTestGateway({ ...server, zodVersion: "4.6.0" });
  await gateway.stop();
  await expect(startTestGateway({ ...server, zodProbes: "000000000000" })).rejects.toThrow(
    /gives other verdicts/,
  );
});
