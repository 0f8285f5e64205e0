import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generateRuby, type RubyOutput, ruby } from "../support/ruby.js";

// `ruby -wc` looks at one file only; this gives the same warnings for many.
const compileEach = `
  ARGV.each { |file| RubyVM::InstructionSequence.compile_file(file) }
  puts "#{ARGV.size} compiled"
`;

const outputs: RubyOutput[] = [];
beforeAll(async () => {
  for (const name of ["torture", "workspace", "trading", "game"])
    outputs.push(await generateRuby(`test/contracts/${name}/schema`));
});
afterAll(() => Promise.all(outputs.map((output) => output.remove())));

test("Ruby compiles all that is generated for the contracts, without a warning", async () => {
  const files = outputs.flatMap(({ folder }) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".rb"))
      .map((path) => join(folder, path)),
  );
  expect(files.filter((file) => file.endsWith("/app/events.rb"))).toHaveLength(outputs.length);
  const finished = await ruby(["-w", "-e", compileEach, ...files]);
  expect(finished).toEqual({ status: 0, stdout: `${files.length} compiled\n`, stderr: "" });
});
