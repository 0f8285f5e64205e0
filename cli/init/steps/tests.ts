import { existsSync } from "node:fs";
import { join } from "node:path";
import { findLine, indentationOf, insertLines } from "../files/lines.js";
import type { FileStep, Plan, Step } from "../step.js";

/** The assertions in Minitest's base class, the matchers in RSpec's configuration: whichever there are. */
export function testSteps({ app }: Plan): readonly Step[] {
  return [minitest, rspec].filter(({ path }) => existsSync(join(app.root, path)));
}

const minitest = insertion({
  path: "test/test_helper.rb",
  there: /Signalbox::TestHelper/,
  after: /^\s*class (ActiveSupport::)?TestCase\b[^;]*$/,
  lines: ["include Signalbox::TestHelper", ""],
  where: "in the class ActiveSupport::TestCase",
  without: "tests cannot assert what is published",
});

const rspec = insertion({
  path: "spec/rails_helper.rb",
  there: /Signalbox::RSpecMatchers/,
  after: /^\s*RSpec\.configure do \|config\|\s*$/,
  lines: ["config.include Signalbox::RSpecMatchers", "config.before { Signalbox::Testing.clear }", ""],
  where: "in RSpec.configure do |config|",
  without: "specs cannot expect what is published",
});

interface Insertion {
  readonly path: string;
  /** What the file has where nothing is to be done. */
  readonly there: RegExp;
  readonly after: RegExp;
  readonly lines: readonly string[];
  readonly where: string;
  readonly without: string;
}

function insertion({ path, there, after, lines, where, without }: Insertion): FileStep {
  return {
    kind: "file",
    path,
    content: null,
    without,
    edit(text) {
      if (there.test(text)) return text;
      const at = findLine(text, after);
      if (at < 0) return { kind: "by hand", path, where, lines: lines.filter((line) => line !== "") };
      const indentation = `${indentationOf(text, at)}  `;
      return insertLines(
        text,
        at + 1,
        lines.map((line) => (line === "" ? "" : indentation + line)),
      );
    },
  };
}
