/** `signalbox init` and files that exist: nothing of them is changed that nobody has said yes to. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, readdirSync, statSync } from "node:fs";
import type { Writable } from "node:stream";
import { afterAll, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { carryOut, type Progress } from "../../cli/init/carry-out.js";
import { writeWhole } from "../../cli/init/files/write.js";
import { type RailsAppCopy, RailsApps } from "./rails-app.js";

// Each test starts several processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const apps = new RailsApps();
afterAll(() => apps.delete());

let app: RailsAppCopy;
let before: ReadonlyMap<string, string>;
beforeEach(async () => {
  app = await apps.copy("shop");
  app.write("config/importmap.rb", 'pin "application"\n');
  before = app.files();
});

const edited = [
  "app/views/layouts/application.html.erb",
  "config/importmap.rb",
  "bin/setup",
  "test/test_helper.rb",
  ".gitattributes",
  ".gitignore",
  "package.json",
];

interface Terminal {
  readonly stdin: Writable;
  /** What it shows. */
  screen: string;
}

/**
 * Runs it in a terminal that `script` makes.
 *
 * @param onText called each time the terminal shows something
 * @returns what it showed, without its colours, and the exit code
 */
async function inTerminal(
  atStart: (terminal: Terminal) => void,
  onText: (terminal: Terminal) => void = () => {},
): Promise<{ code: number; screen: string }> {
  // The shell has to live through Ctrl-C, which the whole terminal gets, to tell the exit code.
  const command = "trap : INT; node_modules/.bin/signalbox init; echo ended with $?";
  const script = spawn("script", ["-qec", command, "/dev/null"], {
    cwd: app.root,
    stdio: ["pipe", "pipe", "inherit"],
    env: { PATH: process.env.PATH, HOME: process.env.HOME, TERM: "xterm" },
  });
  onTestFinished(() => void script.kill("SIGKILL")); // nothing where it has ended by itself
  const terminal: Terminal = { stdin: script.stdin, screen: "" };
  script.stdout.setEncoding("utf8").on("data", (text: string) => {
    terminal.screen += text;
    onText(terminal);
  });
  atStart(terminal);
  await once(script, "close");
  const { screen } = terminal;
  const code = Number(/ended with (\d+)/.exec(screen)?.[1]);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal is told in colours and positions
  return { code, screen: screen.replace(/\u001b\[[\d;]*[A-Za-z]/g, "").replaceAll("\r", "") };
}

/** Answers each question once it is there. */
function answering(...answers: readonly string[]): Promise<{ code: number; screen: string }> {
  const left = [...answers];
  let answered = 0;
  return inTerminal(
    () => {},
    ({ screen, stdin }) => {
      while (screen.split("[q]uit: ").length - 1 > answered) {
        answered++;
        stdin.write(left.shift() ?? "\u0004");
      }
    },
  );
}

/** Writes all answers before the first question, and then the input's end. */
const typedAhead = (text: string) => inTerminal(({ stdin }) => void stdin.end(text));

describe("without a terminal", () => {
  test("and without --yes, what exists stays, its diff is shown, and it ends with 1", () => {
    const { code, stdout, stderr } = app.signalbox("init");
    expect(code).toBe(1);
    expect(app.since(before)).toMatchObject({ changed: [], removed: [] });
    for (const path of edited) expect(stdout).toContain(`--- ${path}\n+++ ${path}\n@@ `);
    expect(stdout).toContain("\n+    <%= signalbox_meta_tags %>\n");
    expect(stderr).toBe(
      `\nNot changed, because nobody can be asked here: ${edited.join(", ")}. Run it with --yes, or in a terminal.\n`,
    );
    expect(app.since(before).made).toContain("app/events/events.rb");
  });

  test("--yes afterwards does the rest", () => {
    app.signalbox("init");
    const made = app.files();
    const { code, stdout } = app.signalbox("init", "--yes");
    expect(code).toBe(0);
    expect(app.since(made)).toEqual({ made: [], changed: [...edited].sort(), removed: [] });
    expect(stdout).toContain("Next:");
  });

  test("--dry-run shows everything, new files too, and writes nothing", () => {
    const { code, stdout } = app.signalbox("init", "--dry-run");
    expect(code).toBe(0);
    expect(app.files()).toEqual(before);
    for (const path of edited) expect(stdout).toContain(`--- ${path}\n+++ ${path}\n`);
    for (const path of ["signalbox.config.ts", "bin/dev", ".github/workflows/signalbox.yml"])
      expect(stdout).toContain(`--- /dev/null\n+++ ${path}\n`);
    expect(stdout).toContain("Nothing was written");
  });
});

describe("in a terminal", () => {
  test("each file is asked for; yes changes it, no leaves it, what is no answer is asked again", async () => {
    const { code, screen } = await answering("y\r", "perhaps\r", "NO\r", "all\r");
    expect(screen.match(/Change \S+\?/g)).toEqual([
      "Change app/views/layouts/application.html.erb?",
      "Change config/importmap.rb?",
      "Change config/importmap.rb?",
      "Change bin/setup?",
    ]);
    expect(screen).toContain("Left as they were: config/importmap.rb");
    expect(screen).toContain(
      '\nNext:\n  1. You left config/importmap.rb as it was. Without these lines pages cannot import { realtime } from "realtime":\n       pin "realtime", to: "realtime/realtime.js"\n  2. npm install ',
    );
    expect(app.since(before).changed).toEqual(edited.filter((path) => path !== "config/importmap.rb").sort());
    expect(code).toBe(1);
  });

  test("of what was refused and nothing needs, Next says nothing; it is asked for again", async () => {
    const { code, screen } = await answering("y\r", "y\r", "y\r", "y\r", "n\r", "a\r");
    expect(screen).toContain("\nLeft as they were: .gitattributes\n");
    expect(screen).toContain("\nNext:\n  1. npm install ");
    expect(code).toBe(1);
    expect(app.signalbox("init").stdout).toContain("+++ .gitattributes\n");
  });

  test.each([
    ["quit", "q\r"],
    ["Ctrl-C", "\u0003"],
    ["Ctrl-D", "\u0004"],
  ])("%s leaves what is not answered, and a second run takes up there", async (_name, key) => {
    const { code, screen } = await answering("y\r", key);
    expect(code).toBe(1);
    expect(screen).toContain("Ended before config/importmap.rb. Run signalbox init again for the rest.");
    expect(app.since(before).changed).toEqual(["app/views/layouts/application.html.erb"]);
    expect(app.signalbox("init", "--yes").code).toBe(0);
    expect(app.since(before).changed).toEqual([...edited].sort());
  });

  test("it takes answers that were typed ahead, and ends by itself", async () => {
    const { code, screen } = await typedAhead("y\n".repeat(edited.length));
    expect(screen).toContain("\nNext:\n");
    expect(app.since(before).changed).toEqual([...edited].sort());
    expect(code).toBe(0);
  });

  test.each([
    ["no answer", "", []],
    ["one answer", "y\n", ["app/views/layouts/application.html.erb"]],
    ["no answer, but the beginning of one", "y", []],
  ])("where its input ends after %s, nothing more is written", async (_what, text, changed) => {
    const { code, screen } = await typedAhead(text);
    expect(screen).toContain(
      `\nEnded before ${edited[changed.length]}. Run signalbox init again for the rest.\n`,
    );
    expect(app.since(before).changed).toEqual(changed);
    expect(code).toBe(1);
  });

  test("the diff has colours", async () => {
    const command = "node_modules/.bin/signalbox init --dry-run";
    const terminal = spawn("script", ["-qec", command, "/dev/null"], {
      cwd: app.root,
      stdio: ["pipe", "pipe", "inherit"],
    });
    let screen = "";
    terminal.stdout.setEncoding("utf8").on("data", (text: string) => {
      screen += text;
    });
    await once(terminal, "close");
    expect(screen).toContain("\u001b[32m+    <%= signalbox_meta_tags %>\u001b[0m");
  });
});

test("what is in the way is told, with all that belongs there; once it is gone, a second run completes it", () => {
  app.remove(".github");
  app.write(".github", "not a folder");
  const { code, stdout } = app.signalbox("init", "--yes");
  expect(code).toBe(1);
  expect(stdout).toContain(
    "\n.github/workflows/signalbox.yml, by hand, because it cannot be read (ENOTDIR):\n    name: Signalbox\n",
  );
  app.remove(".github");
  expect(app.signalbox("init").code).toBe(0);
  expect(app.read(".github/workflows/signalbox.yml")).toContain("codegen --check");
});

test("what cannot be written is a sentence, and leaves nothing half written", async () => {
  const step = {
    kind: "file",
    path: "signalbox.config.ts",
    content: "",
    edit: (text: string) => text,
  } as const;
  const progress: Progress = { approval: { kind: "all" }, done: [], declined: [], unasked: [], byHand: [] };
  const nobodyWritesHere = "/proc";
  await expect(carryOut([step], nobodyWritesHere, false, progress)).rejects.toThrow(
    /^signalbox\.config\.ts cannot be written: .*\nWhat was written before it stays\./,
  );
  app.write("bin/dev/folder", "");
  expect(() => writeWhole(app.root, "bin/dev", "")).toThrow("EISDIR");
  expect(readdirSync(`${app.root}/bin`).filter((name) => name.startsWith("."))).toEqual([]);
});

test("a file keeps its mode and its line ends", () => {
  app.write("config/importmap.rb", '# pins\r\npin "application"');
  app.write("test/test_helper.rb", `\uFEFF${app.read("test/test_helper.rb").replaceAll("\n", "\r\n")}`);
  chmodSync(`${app.root}/config/importmap.rb`, 0o640);
  expect(app.signalbox("init", "--yes").code).toBe(0);
  expect(app.read("config/importmap.rb")).toBe(
    '# pins\r\npin "application"\r\npin "realtime", to: "realtime/realtime.js"\r\n',
  );
  expect(statSync(`${app.root}/config/importmap.rb`).mode & 0o777).toBe(0o640);
  const helper = app.read("test/test_helper.rb");
  expect(helper.startsWith("\uFEFFENV")).toBe(true);
  expect(helper).toContain("  class TestCase\r\n    include Signalbox::TestHelper\r\n\r\n");
  expect(helper).not.toMatch(/[^\r]\n/);
});
