import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bannerText } from "../../codegen/emit/banner.js";
import { MANIFEST_FILE } from "../../codegen/emit/manifest.js";
import { planChanges } from "../../codegen/emit/plan.js";
import { writeChanges } from "../../codegen/emit/write.js";
import { emptyFolder, write } from "./project.js";

const generated = (body: string) => `// ${bannerText("schema/")}\n${body}\n`;
const file = (path: string, body: string) => ({ path, content: generated(body) });

/** What `planChanges` says of each file, without the manifest. */
function planned(root: string, files: readonly { path: string; content: string }[]) {
  const plan = planChanges(root, files, "1.0.0");
  const changes = plan.changes.filter((change) => change.path !== MANIFEST_FILE);
  return { ...plan, changes: changes.map(({ kind, path }) => `${kind} ${path}`) };
}

function written(...files: readonly { path: string; content: string }[]): string {
  const root = emptyFolder();
  writeChanges(planChanges(root, files, "1.0.0"));
  return root;
}

test("a second plan for the same files has nothing to do", () => {
  const root = written(file("a.ts", "1"), file("b/c.ts", "2"));
  const plan = planChanges(root, [file("b/c.ts", "2"), file("a.ts", "1")], "1.0.0");
  expect(plan.changes).toEqual([]);
  expect(plan.unchanged).toEqual(["a.ts", "b/c.ts", MANIFEST_FILE]);
});

test("files are added, changed and removed in the order of their paths", () => {
  const root = written(file("a.ts", "1"), file("old.ts", "1"));
  expect(planned(root, [file("b.ts", "1"), file("a.ts", "2")]).changes).toEqual([
    "changed a.ts",
    "added b.ts",
    "removed old.ts",
  ]);
});

test("an edit by hand is told from an old output", () => {
  const root = written(file("edited.ts", "1"), file("old.ts", "1"));
  write(root, "edited.ts", generated("mine"));
  const { changes } = planChanges(root, [file("edited.ts", "2"), file("old.ts", "2")], "1.0.0");
  expect(changes).toMatchObject([
    { kind: "changed", path: "edited.ts", byHand: true },
    { kind: "changed", path: "old.ts", byHand: false },
    { kind: "changed", path: MANIFEST_FILE },
  ]);
});

test("a stale file that lost its banner stays", () => {
  const root = written(file("a.ts", "1"), file("old.ts", "1"));
  write(root, "old.ts", "mine now\n");
  const plan = planned(root, [file("a.ts", "1")]);
  expect(plan.changes).toEqual([]);
  expect(plan.kept).toEqual(["old.ts"]);
});

test("a file that bears the banner but is not in the manifest is not removed", () => {
  const root = written(file("a.ts", "1"));
  write(root, "copied.ts", generated("1"));
  expect(planned(root, [file("a.ts", "1")])).toMatchObject({ changes: [], kept: [] });
});

test("a manifest with merge conflict markers is no reason to remove anything", () => {
  const root = written(file("a.ts", "1"), file("old.ts", "1"));
  write(root, MANIFEST_FILE, "<<<<<<< HEAD\n{}\n");
  expect(planned(root, [file("a.ts", "1")])).toMatchObject({ changes: [], refusals: [] });
});

test("a manifest cannot have files outside the project removed", () => {
  const outer = emptyFolder();
  write(outer, "secret.ts", generated("1"));
  const root = join(outer, "project");
  mkdirSync(root);
  write(root, MANIFEST_FILE, JSON.stringify({ generator: "1.0.0", files: { "../secret.ts": "0" } }));
  expect(planned(root, [file("a.ts", "1")]).changes).toEqual(["added a.ts"]);
});

test("a file that codegen did not write is not overwritten", () => {
  const root = emptyFolder();
  write(root, "app/events.rb", "class Events; end\n");
  const plan = planned(root, [file("app/events.rb", "1"), file("b.ts", "1")]);
  expect(plan.refusals).toEqual([
    expect.stringContaining("app/events.rb is there already and was not generated"),
  ]);
  expect(plan.changes).toEqual([]);
});

test.for(["../a.ts", "/tmp/a.ts", "a/../../b.ts", "a//b.ts", "./a.ts", "", "a\\b.ts"])(
  "the path %j is refused",
  (path) => {
    const root = emptyFolder();
    const plan = planChanges(root, [file(path, "1")], "1.0.0");
    expect(plan.refusals).toHaveLength(1);
    expect(() => writeChanges(plan)).toThrow(/is not written/);
  },
);

test("symbolic links are refused: to a file, and to a folder outside", () => {
  const outer = emptyFolder();
  const root = join(outer, "project");
  mkdirSync(root);
  write(outer, "elsewhere/a.ts", "1");
  write(root, "real/a.ts", generated("1"));
  symlinkSync(join(outer, "elsewhere"), join(root, "out"));
  symlinkSync(join(root, "real/a.ts"), join(root, "link.ts"));
  symlinkSync(join(root, "real"), join(root, "inside"));
  const refusals = (path: string) => planChanges(root, [file(path, "1")], "1.0.0").refusals;
  expect(refusals("out/b.ts")).toEqual([expect.stringContaining("leads out of the project")]);
  expect(refusals("out/deep/b.ts")).toEqual([expect.stringContaining("leads out of the project")]);
  expect(refusals("link.ts")).toEqual([expect.stringContaining("is a symbolic link")]);
  expect(refusals("inside/b.ts")).toEqual([]);
});

test("a folder in the place of a file, and two outputs with one path, are refused", () => {
  const root = emptyFolder();
  mkdirSync(join(root, "a.ts"));
  expect(planChanges(root, [file("a.ts", "1")], "1.0.0").refusals).toEqual([
    expect.stringContaining("is not a file"),
  ]);
  expect(planChanges(root, [file("b.ts", "1"), file("b.ts", "2")], "1.0.0").refusals).toEqual([
    expect.stringContaining("would be written twice"),
  ]);
});
