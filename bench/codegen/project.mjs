// @ts-check
// Projects of a given size, in the system's folder for temporary files.
import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const repository = fileURLToPath(new URL("../..", import.meta.url));

/** Eight fields of the kinds that real messages have. @param {number} index */
const message = (index) => `z.object({
    id: z.int().min(1).describe("Unique."),
    title: z.string().min(1).max(${100 + (index % 50)}),
    author: z.object({ name: z.string(), admin: z.boolean() }),
    tags: z.array(z.string().max(40)).max(10),
    level: z.enum(["low", "middle", "high"]),
    note: z.string().nullable(),
    at: z.iso.datetime(),
    score: z.number().min(0).optional(),
  }).describe("Message ${index}.")`;

/** Channels of 20 messages each, a file a channel. @param {number} messages */
export function schemaFiles(messages) {
  return Array.from({ length: Math.ceil(messages / 20) }, (_, file) => {
    const first = file * 20;
    const events = Array.from({ length: Math.min(20, messages - first) }, (_, index) => first + index);
    return {
      name: `channel${file}`,
      text: `import { channel } from "signalbox";
import { z } from "zod";
export const channel${file} = channel("channel${file}:{id}", {
  params: { id: z.int() },
  access: "session",
  delivery: "ephemeral",
  events: {
    ${events.map((index) => `message${index}: ${message(index)}`).join(",\n    ")},
  },
});
`,
    };
  });
}

/** @param {number} messages @returns {string} the project's folder */
export function createProject(messages) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "signalbox-bench-")));
  for (const folder of ["schema", "node_modules"]) mkdirSync(join(root, folder));
  symlinkSync(join(repository, "node_modules/zod"), join(root, "node_modules/zod"));
  symlinkSync(repository, join(root, "node_modules/signalbox"));
  writeFileSync(join(root, "package.json"), '{ "type": "module" }\n');
  writeFileSync(
    join(root, "signalbox.config.ts"),
    `import { defineConfig } from "signalbox";
export default defineConfig({ schema: "schema", handlers: "handlers", gateway: "gateway.ts",
  outputs: { ruby: "out/events.rb", rbs: "out/sig", client: "out/client", server: "out/server", docs: "out/docs" } });
`,
  );
  writeFileSync(
    join(root, "gateway.ts"),
    `import { defineGateway, session } from "signalbox/gateway";
export default defineGateway({ origins: [], identify: session("user_id") });
`,
  );
  for (const { name, text } of schemaFiles(messages)) writeFileSync(join(root, `schema/${name}.ts`), text);
  return root;
}
