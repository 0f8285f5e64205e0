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
  /** Asks until it understands the answer. Ctrl-C and Ctrl-D are `quit`. */
  ask(path: string): Promise<Answer>;
  close(): void;
}

export function openTerminal(): Terminal {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const lines = terminal[Symbol.asyncIterator]();
  return {
    async ask(path) {
      for (;;) {
        terminal.setPrompt(`Change ${path}? [y]es, [n]o, [a]ll, [q]uit: `);
        terminal.prompt();
        const line = await lines.next();
        if (line.done) {
          console.log(); // the cursor is behind the question
          return "quit";
        }
        const answer = answerOf(line.value);
        if (answer !== undefined) return answer;
      }
    },
    close: () => terminal.close(),
  };
}

function answerOf(text: string): Answer | undefined {
  const word = text.trim().toLowerCase();
  return (["yes", "no", "all", "quit"] as const).find((answer) => word === answer || word === answer[0]);
}
