import { InvalidArgumentError, Option } from "commander";
import { type JavascriptKind, javascriptKinds } from "../init/app/javascript.js";
import type { RegisterSubcommand } from "../subcommand.js";

interface InitFlags {
  readonly js?: JavascriptKind;
  readonly rubyModule?: string;
  readonly yes?: true;
  readonly dryRun?: true;
}

/** `signalbox init`: sets a Rails application up. */
export const registerInit: RegisterSubcommand = (program, finish) => {
  program
    .command("init")
    .description("set a Rails application up: contract, gateway, initializer, layout, Procfile.dev")
    .addOption(
      new Option("--js <kind>", "what brings JavaScript to the pages, if the Gemfile leaves it open").choices(
        javascriptKinds,
      ),
    )
    .option(
      "--ruby-module <name>",
      "name of the generated Ruby module, if it is not to be Events",
      parseConstant,
    )
    .option("-y, --yes", "change files that exist without asking")
    .addOption(new Option("--dry-run", "show everything and write nothing").conflicts("yes"))
    .addHelpText("after", afterHelp)
    .action(async ({ js, rubyModule, yes, dryRun }: InitFlags) => {
      const { init } = await import("../init/init.js");
      const { openTerminal } = await import("../init/approval.js");
      const options = { root: process.cwd(), javascript: js, rubyModule, dryRun: dryRun === true };
      const isTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true;
      if (yes || dryRun || !isTerminal) {
        finish(await init({ ...options, approval: { kind: yes ? "all" : "none" } }));
        return;
      }
      const terminal = openTerminal();
      try {
        finish(await init({ ...options, approval: { kind: "ask", ask: terminal.ask } }));
      } finally {
        terminal.close();
      }
    });
};

const afterHelp = `
A file that exists is shown as a diff, and changed once you say yes. It can be run again at any time.
It ends with 1 where something is left to be done: by hand, because nobody could be asked, or because you said no.`;

function parseConstant(text: string): string {
  if (/^[A-Z][A-Za-z0-9_]*(?:::[A-Z][A-Za-z0-9_]*)*$/.test(text)) return text;
  throw new InvalidArgumentError("The name of a Ruby module is a constant, like Events or Realtime::Events.");
}
