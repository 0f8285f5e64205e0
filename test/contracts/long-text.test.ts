import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, expect, test } from "vitest";
import { printServer } from "../../codegen/printers/typescript/index.js";
import { generateRuby, type RubyOutput, root, ruby } from "../support/ruby.js";

const long = '" #{x} */ \\ end '.padEnd(10_000, "0123456789");

let folder: string;
let output: RubyOutput;
beforeAll(async () => {
  // Inside the repository, so that its packages are found.
  folder = await mkdtemp(join(root, "test/contracts/.long-text-"));
  await writeFile(
    join(folder, "schema.ts"),
    `import { channel } from "signalbox";
import { z } from "zod";
export const Size = z.enum(["short", ${JSON.stringify(long)}]);
export const c = channel("c", { access: "public", delivery: "ephemeral", events: { e: z.object({ size: Size }) } });
`,
  );
  output = await generateRuby(folder.slice(root.length));
});
afterAll(() => Promise.all([output.remove(), rm(folder, { recursive: true })]));

test("Ruby publishes an enum's value of 10,000 characters as it is, and no other", async () => {
  const program = `
    require "json"
    require "./signalbox/signalbox"
    Signalbox.configure { |config| config.transport = Signalbox::Transports::Buffer.new }
    require "./app/events"
    long = JSON.parse(ARGV.fetch(0))
    Events.publish!("c", :e, { "size" => long })
    refused = begin
      Events.publish!("c", :e, { "size" => long.chop })
      false
    rescue Signalbox::Error
      true
    end
    puts JSON.generate(messages: Signalbox.transport.messages.map(&:text), refused: refused)
  `;
  const finished = await ruby(["-w", "-e", program, JSON.stringify(long)], {
    cwd: output.folder,
  });
  expect(finished).toMatchObject({ status: 0, stderr: "" });
  const { messages, refused } = JSON.parse(finished.stdout);
  expect(messages).toHaveLength(1);
  expect(JSON.parse(messages[0]).d).toEqual({ size: long });
  expect(refused).toBe(true);
});

test("TypeScript has the same text in its type", () => {
  const modules = { gateway: "./gateway.js", schema: () => "./schema.js", handlers: () => null };
  const { types } = printServer(output.contract, modules, "");
  const { diagnostics } = ts.transpileModule(types, { reportDiagnostics: true });
  expect(diagnostics).toEqual([]);
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal)) texts.push(node.literal.text);
    node.forEachChild(visit);
  };
  visit(ts.createSourceFile("types.ts", types, ts.ScriptTarget.Latest));
  expect(texts).toContain(long);
});
