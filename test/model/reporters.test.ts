import { expect, test } from "vitest";
import { catalogue } from "../../codegen/diagnostics/catalogue.js";
import type { Diagnostic } from "../../codegen/diagnostics/diagnostic.js";
import { diagnosticsReference } from "../../codegen/diagnostics/reference.js";
import { report, showsColour } from "../../codegen/diagnostics/reporters.js";

const found: readonly Diagnostic[] = [
  {
    code: "SB1201",
    severity: "error",
    message: "z.date() has no JSON form",
    fix: "Use wire.timestamp().",
    path: "room.posted.at",
    position: { file: "schema/room.ts", line: 2, column: 9 },
  },
  { code: "SB1004", severity: "warning", message: "50% \u001b[31mred\n", fix: "Export one." },
];
const source = (file: string) => (file === "schema/room.ts" ? "first\n\tat: z.date(),\n" : undefined);

test("text has the place, a code frame and the fix", () => {
  expect(
    report("text", found, { colour: false, source }),
  ).toBe(`schema/room.ts:2:9 error SB1201: z.date() has no JSON form
  2 |  at: z.date(),
    |         ^
  fix: Use wire.timestamp().

warning SB1004: 50% \\u001b[31mred\\u000a
  fix: Export one.

1 error, 1 warning`);
});

test("a long line is cut around the column", () => {
  const text = report("text", found.slice(0, 1), {
    colour: false,
    source: () => `first\n${" ".repeat(10_000)}`,
  });
  expect(text.split("\n").every((line) => line.length < 120)).toBe(true);
  const far = { ...found[0], position: { file: "a.ts", line: 1, column: 5_001 } } as Diagnostic;
  const cut = report("text", [far], {
    colour: false,
    source: () => `${"a".repeat(5_000)}!${"b".repeat(5_000)}`,
  });
  const [, code = "", caret = ""] = cut.split("\n");
  expect(code[caret.indexOf("^")]).toBe("!");
});

test("a file that cannot be read has no frame", () => {
  expect(report("text", found.slice(0, 1), { colour: false, source: () => undefined })).not.toContain(" | ");
});

test("colour only where it is wanted", () => {
  expect(report("text", found, { colour: true, source })).toContain("\u001b[31merror SB1201\u001b[0m");
  expect(showsColour({ isTTY: true }, {})).toBe(true);
  expect(showsColour({ isTTY: true }, { NO_COLOR: "1" })).toBe(false);
  expect(showsColour({ isTTY: true }, { TERM: "dumb" })).toBe(false);
  expect(showsColour({}, {})).toBe(false);
});

test("json is what was found", () => {
  expect(JSON.parse(report("json", found, { colour: true, source }))).toEqual(found);
  expect(report("json", [], { colour: true, source })).toBe("[]");
});

test("github gets workflow commands, with nothing in them that could begin another", () => {
  expect(report("github", found, { colour: true, source }).split("\n")).toEqual([
    "::error file=schema/room.ts,line=2,col=9,title=SB1201::z.date() has no JSON form%0AUse wire.timestamp().",
    "::warning title=SB1004::50%25 \u001b[31mred%0A%0AExport one.",
  ]);
});

test("nothing found, nothing said", () => {
  expect(report("text", [], { colour: false, source })).toBe("");
  expect(report("github", [], { colour: false, source })).toBe("");
});

test("every code has a title, a cause and a fix that are whole sentences", () => {
  for (const [code, { title, cause, fix }] of Object.entries(catalogue)) {
    expect(code).toMatch(/^SB1\d{3}$/);
    expect(title).not.toMatch(/\.$/);
    expect(cause).toMatch(/\.$/);
    expect(fix).toMatch(/\.$/);
  }
});

/** Run vitest with -u to write the page anew. */
test("docs/diagnostics.md is what the catalogue says", async () => {
  await expect(diagnosticsReference()).toMatchFileSnapshot("../../docs/diagnostics.md");
});
