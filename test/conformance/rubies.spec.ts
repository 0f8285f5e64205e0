import { execFileSync } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { difference } from "./compare.js";
import { readRecorded, verdictOf } from "./recorded.js";
import { rubyModule } from "./ruby-modules.js";
import { rubyTestee } from "./testee.js";

// `npm run test:rubies` makes the system and says where it is.
const system = process.env.SIGNALBOX_RUBY_ROOT ?? "";

test("a newer Ruby agrees with the recorded corpus", { timeout: 0 }, async () => {
  expect(system, "run by npm run test:rubies").not.toBe("");
  const version = execFileSync("chroot", [system, "ruby", "-e", "print RUBY_VERSION"], { encoding: "utf8" });
  expect(Number.parseFloat(version)).toBeGreaterThanOrEqual(3.3);

  const recorded = await readRecorded();
  const modules = recorded.map(({ schema }, index) => {
    const module = rubyModule(`Case${index + 1}`, schema);
    if ("refused" in module) throw new Error(module.refused);
    return module;
  });
  const folder = "/var/signalbox-corpus";
  await mkdir(join(system, folder), { recursive: true });
  await writeFile(join(system, folder, "corpus.rb"), modules.map(({ source }) => source).join("\n"));
  const ruby = rubyTestee(`Ruby ${version}`, ["chroot", system, "ruby", "-w"]);
  await ruby.load({
    schemas: {},
    ruby: {
      file: join(folder, "corpus.rb"),
      modules: Object.fromEntries(modules.map(({ constant }, index) => [`Case${index + 1}`, constant])),
    },
  });

  const differences: string[] = [];
  let documents = 0;
  for (const [index, { schema, cases }] of recorded.entries()) {
    const verdicts = await ruby.check(
      `Case${index + 1}`,
      cases.map(({ input }) => input),
    );
    for (const [at, each] of cases.entries()) {
      const found = difference(verdictOf(each), verdicts[at] ?? { refused: "no answer" }, {
        messages: false,
      });
      if (found !== null) differences.push(`${schema} on ${each.input}: ${found}`);
      documents += 1;
    }
  }
  await ruby.stop();
  await rm(join(system, folder), { recursive: true });
  console.log(`Ruby ${version}: ${documents} documents`);
  expect(differences).toEqual([]);
});
