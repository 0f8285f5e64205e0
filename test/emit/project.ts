import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { type CodegenOptions, codegen } from "../../cli/codegen/codegen.js";

const repository = fileURLToPath(new URL("../..", import.meta.url));

/** An empty folder that goes away with the test. */
export function emptyFolder(): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "signalbox-emit-")));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

export function write(root: string, path: string, content: string): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

export function read(root: string, path: string): string {
  return readFileSync(join(root, path), "utf8");
}

const config = `import { defineConfig } from "signalbox";
export default defineConfig({
  schema: "schema",
  handlers: "handlers",
  gateway: "gateway.ts",
  outputs: { ruby: "out/events.rb", server: "out/server", client: "out/client", docs: "out/docs" },
});
`;

export const roomSchema = `import { channel } from "signalbox";
import { z } from "zod";
export const room = channel("room:{roomId}", {
  params: { roomId: z.int() },
  access: "session",
  delivery: "ephemeral",
  events: { messagePosted: z.object({ body: z.string() }) },
});
`;

/** A project of its own with one channel, whose packages are this repository's. */
export function project(files: Readonly<Record<string, string>> = {}): string {
  const root = emptyFolder();
  mkdirSync(join(root, "node_modules"));
  symlinkSync(join(repository, "node_modules/zod"), join(root, "node_modules/zod"));
  const all = { "signalbox.config.ts": config, "schema/room.ts": roomSchema, ...files };
  for (const [path, content] of Object.entries(all)) write(root, path, content);
  return root;
}

/** Runs codegen in a project, and keeps what it said. */
export async function run(folder: string, options: Partial<CodegenOptions> = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await codegen({
    folder,
    config: "signalbox.config.ts",
    mode: "write",
    format: "text",
    print: (text) => out.push(text),
    complain: (text) => err.push(text),
    ...options,
  });
  return { code, out: out.join("\n"), err: err.join("\n") };
}
