import { createInterface } from "node:readline";

export type Answer = "yes" | "no" | "all" | "quit";

/** Who decides whether a file that exists may be changed. */
export type Approval =
  /** `--yes` */
  | { readonly kind: "all" }
  /** Nobody is there to be asked. */
  | { readonly kind: "none" }
  | { readonly kind: "ask"; readonly ask: (path: string) => Promise<Answer> };

/** Somebody at the terminal. One for the whole run, so that no answer that was typed ahead is lost. */
export interface Terminal {
  /** Asks until it understands the answer. Ctrl-C and the end of input (Ctrl-D) are `quit`, now and from then on. */
  ask(path: string): Promise<Answer>;
  close(): void;
}

const lineFeed = 10;

export function openTerminal(): Terminal {
  // The terminal edits its lines itself. Were Node to take that over (`terminal: true`) after something was typed ahead,
  // an end of input in it would be lost.
  const terminal = createInterface({ input: process.stdin, terminal: false });
  const lines = terminal[Symbol.asyncIterator]();
  // A terminal hands over whole lines: one without its end is Ctrl-D behind something, which it does not tell otherwise.
  process.stdin.on("data", (line: Buffer) => {
    if (line.at(-1) !== lineFeed) terminal.close();
  });
  let interrupted = false;
  // Stays: npx hands the signal on to a process that has it from the terminal already.
  process.on("SIGINT", () => {
    interrupted = true;
    terminal.close();
  });
  return {
    async ask(path) {
      while (!interrupted) {
        // Not `terminal.prompt()`: where the input has ended, it would begin to wait for it again.
        process.stdout.write(`Change ${path}? [y]es, [n]o, [a]ll, [q]uit: `);
        const line = await lines.next();
        if (line.done || interrupted) {
          console.log(); // the cursor is behind the question
          return "quit";
        }
        const answer = answerOf(line.value);
        if (answer !== undefined) return answer;
      }
      return "quit";
    },
    close: () => terminal.close(),
  };
}

function answerOf(text: string): Answer | undefined {
  const word = text.trim().toLowerCase();
  return (["yes", "no", "all", "quit"] as const).find((answer) => word === answer || word === answer[0]);
}
