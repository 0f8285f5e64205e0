/** The packed package in an empty folder: it is installed, generates, and what it makes compiles. */
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pack, repository } from "./pack.js";

const run = promisify(execFile);

const files = {
  "package.json": '{ "name": "app", "private": true, "type": "module" }',
  "realtime/schema/room.ts": `
import { z } from "zod";
import { channel } from "signalbox";
export const Message = z.object({ id: z.string(), body: z.string().min(1), at: z.iso.datetime().optional() });
export const room = channel("room:{roomId}", {
  params: { roomId: z.int() },
  access: "custom",
  delivery: "ephemeral",
  events: { messagePosted: Message },
  commands: { postMessage: { input: z.object({ body: z.string() }), output: Message } },
});
`,
  "realtime/handlers/room.ts": `
import { handlers } from "../generated/handlers.js";
export default handlers.room({
  authorize: (_ctx, { roomId }) => roomId > 0,
  commands: {
    async postMessage(ctx, { body }, { roomId }) {
      const message = { id: "1", body };
      await ctx.publish.room({ roomId }).messagePosted(message);
      return message;
    },
  },
});
`,
  "realtime/gateway.ts": `
import { defineGateway, session } from "signalbox/gateway";
export default defineGateway({ origins: ["https://app.example"], identify: session("user_id") });
`,
  "page.ts": `
import { realtime } from "./app/javascript/realtime/realtime.js";
const room = realtime.room({ roomId: 1 });
room.on("messagePosted", (message) => message.body.toUpperCase());
export const posted: Promise<string> = room.send("postMessage", { body: "hi" }).then((message) => message.id);
`,
  "signalbox.config.ts": `
import { defineConfig } from "signalbox";
export default defineConfig({
  schema: "realtime/schema",
  handlers: "realtime/handlers",
  gateway: "realtime/gateway.ts",
  outputs: {
    ruby: "app/events/events.rb",
    rubyRuntime: "vendor/signalbox",
    rbs: "sig",
    client: "app/javascript/realtime",
    server: "realtime/generated",
  },
});
`,
  "tsconfig.json": `{
  "compilerOptions": {
    "target": "ES2022", "module": "NodeNext", "lib": ["ES2023", "DOM"], "types": [],
    "strict": true, "exactOptionalPropertyTypes": true, "noUncheckedIndexedAccess": true,
    "skipLibCheck": false, "noEmit": true
  },
  "include": ["realtime", "app", "page.ts", "signalbox.config.ts"]
}`,
};

let folder: string;
let app: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "signalbox-install-"));
  app = join(folder, "app");
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(app, file)), { recursive: true });
    writeFileSync(join(app, file), text);
  }
  const tarball = await pack(folder);
  await run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", tarball, "zod@4.6.7"], {
    cwd: app,
  });
  await run("npx", ["signalbox", "codegen"], { cwd: app });
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true }));

test("what it generates compiles in TypeScript, with the handlers, the gateway and a page that use it", async () => {
  const tsc = join(repository, "node_modules/typescript/lib/tsc.js");
  const { stdout } = await run(process.execPath, [tsc, "-p", app]).catch(
    (error: { stdout: string }) => error,
  );
  expect(stdout).toBe("");
}, 120_000);

test("what it generates compiles in Ruby, without a warning", async () => {
  const runtime = readdirSync(join(app, "vendor/signalbox"), { recursive: true, encoding: "utf8" });
  const ruby = runtime.filter((file) => file.endsWith(".rb")).map((file) => join("vendor/signalbox", file));
  expect(ruby.length).toBeGreaterThan(0);
  for (const file of ["app/events/events.rb", ...ruby]) {
    expect(await run("ruby", ["-wc", file], { cwd: app })).toEqual({ stdout: "Syntax OK\n", stderr: "" });
  }
});

test("what it generates is what the check of build expects", async () => {
  const { stdout } = await run(join(app, "node_modules/.bin/signalbox"), ["build"], { cwd: app });
  expect(stdout).toMatch(/^Built dist\/gateway\.mjs for the contract [0-9a-f]{12}$/m);
});

test("every public specifier can be imported on plain Node", async () => {
  const specifiers = [
    "signalbox",
    "signalbox/gateway",
    "signalbox/client",
    "signalbox/cookies",
    "signalbox/testing",
  ];
  const script = `
    for (const specifier of ${JSON.stringify(specifiers)}) {
      const names = Object.keys(await import(specifier));
      if (names.length > 0) console.log(specifier);
    }`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", script], { cwd: app });
  expect(stdout.trim().split("\n")).toEqual(specifiers);
});
