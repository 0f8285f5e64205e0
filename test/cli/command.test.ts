import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { describe, expect, test } from "vitest";
import { loadedPackages, Run, signalbox, tellPackages } from "./project.js";

const here = tmpdir();

describe("help", () => {
  test("lists the commands and the exit codes", async () => {
    const { code, stdout, stderr } = await signalbox(here, ["--help"]);
    expect(code).toBe(0);
    expect(stderr).toBe("");
    for (const command of ["init", "codegen", "dev", "build", "start"])
      expect(stdout).toMatch(new RegExp(`^  ${command} `, "m"));
    expect(stdout).toMatch(/^ {2}0 {2}done$/m);
  });

  test.each(["init", "codegen", "dev", "build", "start"])("%s has its own", async (command) => {
    const [asked, flagged] = await Promise.all([
      signalbox(here, ["help", command]),
      signalbox(here, [command, "--help"]),
    ]);
    expect(asked.code).toBe(0);
    expect(asked.stdout).toContain(`Usage: signalbox ${command}`);
    expect(flagged).toEqual(asked);
  });

  test("is shown, as an error, where no command is given", async () => {
    const { code, stdout, stderr } = await signalbox(here, []);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain("Usage: signalbox <command>");
  });
});

test("an output that nobody reads any more ends it without a word, and not with 0", async () => {
  const run = new Run(here, ["dev", "--help"]);
  run.process.stdout?.destroy();
  expect(await run.ended).toEqual({ code: 141, stdout: "", stderr: "" });
});

test("--version prints the package's version", async () => {
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  expect(await signalbox(here, ["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
});

describe("a wrong command line ends with 2, one hint and no stack", () => {
  test.each([
    [["bild"], "unknown command 'bild'\n(Did you mean build?)"],
    [["help", "codegne"], "unknown command 'codegne'\n(Did you mean codegen?)"],
    [["codgen"], "unknown command 'codgen'\n(Did you mean codegen?)"],
    [["--verzion"], "unknown option '--verzion'\n(Did you mean --version?)"],
    [["start", "--memry"], "unknown option '--memry'\n(Did you mean --memory?)"],
    [["dev", "--port", "x"], "A port is a number from 1 to 65535."],
    [["build", "--outfile"], "argument missing"],
    [["start", "a", "b"], "too many arguments"],
  ])("%j", async (args, message) => {
    const { code, stdout, stderr } = await signalbox(here, args);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

test.each([[["--help"]], [["--version"]], [["dev", "--help"]], [["init", "--help"]]])(
  "%j loads commander and nothing else",
  async (args) => {
    const { code, stderr } = await signalbox(here, args, { NODE_OPTIONS: tellPackages });
    expect(code).toBe(0);
    expect(loadedPackages(stderr)).toEqual(["commander"]);
  },
);
