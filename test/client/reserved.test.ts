import { createRealtime } from "signalbox/client";
import { expect, it } from "vitest";
import { imports, load } from "../model/support/project.js";

it("codegen refuses channels that would hide a member of the client", async () => {
  const members = Object.keys(createRealtime({ fingerprint: "", channels: {} }));
  expect(members).toContain("status");
  const channels = members.map(
    (name) =>
      `export const ${name}Channel = channel("${name}", { access: "public", delivery: "ephemeral", events: { e: z.object({}) } });\n`,
  );
  const { diagnostics } = await load({ "a.ts": imports + channels.join("") });
  expect(diagnostics.map(({ code, message }) => `${code} ${message}`).sort()).toEqual(
    members.map((name) => `SB1102 the channel ${name}: the browser client has a ${name} of its own`).sort(),
  );
});
