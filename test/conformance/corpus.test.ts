import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { difference } from "./compare.js";
import { groups } from "./corpus/cases.js";
import type { Group } from "./corpus/group.js";
import { outside } from "./corpus/outside.js";
import { type Failure, judge } from "./failures.js";
import type { Verdict } from "./protocol.js";
import { caseOf, readRecorded, record, verdictOf } from "./recorded.js";
import { rubyModule } from "./ruby-modules.js";
import { rubyTestee, type Testee, temporaryFolder, typeScriptTestee } from "./testee.js";

const rails = fileURLToPath(new URL("../../examples/rails", import.meta.url));
const all: readonly Group[] = [...groups, ...outside];
const name = (index: number) => `Case${index + 1}`;

let folder: string;
let zod: Testee;
let testees: readonly Testee[];

beforeAll(async () => {
  folder = await temporaryFolder();
  const modules = all.map(({ schema }, index) => {
    const module = rubyModule(name(index), schema);
    if ("refused" in module) throw new Error(`codegen refuses ${schema}: ${module.refused}`);
    return module;
  });
  const file = join(folder, "corpus.rb");
  await writeFile(file, modules.map(({ source }) => source).join("\n"));
  const request = {
    schemas: Object.fromEntries(all.map(({ schema }, index) => [name(index), schema])),
    ruby: {
      file,
      modules: Object.fromEntries(modules.map(({ constant }, index) => [name(index), constant])),
    },
  };
  const environment = { ...process.env, RAILS_ENV: "test", LOG_LEVEL: "fatal" };
  const [fromZod, gateway] = await Promise.all([typeScriptTestee("zod"), typeScriptTestee("gateway")]);
  zod = fromZod;
  testees = [
    gateway,
    rubyTestee("Ruby"),
    rubyTestee("Ruby in Rails", ["ruby", "bin/rails", "runner"], { cwd: rails, env: environment }),
  ];
  await Promise.all([zod, ...testees].map((testee) => testee.load(request)));
}, 120_000);

afterAll(async () => {
  await Promise.all([zod, ...(testees ?? [])].map((testee) => testee?.stop()));
  await rm(folder, { recursive: true });
});

function verdictsOf(testee: Testee): Promise<readonly (readonly Verdict[])[]> {
  return Promise.all(groups.map(({ documents }, index) => testee.check(name(index), documents)));
}

test("the corpus is large, and recorded as zod has it", { timeout: 120_000 }, async () => {
  const verdicts = await verdictsOf(zod);
  if (process.env.SIGNALBOX_RECORD) await record(groups, verdicts);
  const recorded = await readRecorded();
  expect(recorded.map(({ schema }) => schema)).toEqual(groups.map(({ schema }) => schema));
  for (const [index, { schema, cases }] of recorded.entries()) {
    const now = groups[index]?.documents.map((input, at) =>
      caseOf(input, verdicts[index]?.[at] ?? { refused: "" }),
    );
    expect(now, schema).toEqual(cases);
  }
  expect(recorded.flatMap(({ cases }) => cases).length).toBeGreaterThan(3_000);
});

test("the gateway, Ruby and Ruby in Rails agree with it", { timeout: 120_000 }, async () => {
  const recorded = await readRecorded();
  const listed: readonly Failure[] = JSON.parse(
    await readFile(new URL("known-failures.json", import.meta.url), "utf8"),
  );
  const found: Failure[] = [];
  for (const testee of testees) {
    const verdicts = await verdictsOf(testee);
    for (const [index, { schema, cases }] of recorded.entries()) {
      for (const [at, recordedCase] of cases.entries()) {
        const verdict = verdicts[index]?.[at];
        if (!verdict) throw new Error(`${testee.name} says nothing about ${recordedCase.input}`);
        const differs = difference(verdictOf(recordedCase), verdict, { messages: false });
        if (differs !== null) {
          found.push({ testee: testee.name, schema, input: recordedCase.input, difference: differs });
        }
      }
    }
  }
  expect(judge(found, listed)).toEqual([]);
});

test("what lies outside the domain is refused by the gateway and by Ruby", async () => {
  for (const testee of testees) {
    for (const [at, { schema, documents }] of outside.entries()) {
      const verdicts = await testee.check(name(groups.length + at), documents);
      const taken = documents.filter((_, index) => {
        const verdict = verdicts[index];
        return verdict && "valid" in verdict && verdict.valid;
      });
      expect(
        taken.map((text) => text.slice(0, 80)),
        `${testee.name}, ${schema}`,
      ).toEqual([]);
    }
  }
});
