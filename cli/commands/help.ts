import type { RegisterSubcommand } from "../subcommand.js";

/** `signalbox help`: Commander's own answers an unknown command with the general help, as if nothing were wrong. */
export const registerHelp: RegisterSubcommand = (program) => {
  program
    .helpCommand(false)
    .command("help")
    .description("show the help of a command")
    .argument("[command]")
    .action(async (name: string | undefined) => {
      if (name === undefined) return program.help();
      program.commands.find((command) => command.name() === name)?.help();
      await program.parseAsync([name], { from: "user" }); // tells that it is unknown, and what it may have meant
    });
};
