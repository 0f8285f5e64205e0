import { createInterface } from "node:readline/promises";

/** Who decides whether a file that exists may be changed. */
export type Approval =
  /** `--yes` */
  | { readonly kind: "all" }
  /** Nobody is there to be asked. */
  | { readonly kind: "none" }
  | { readonly kind: "ask" };

export type Answer = "yes" | "no" | "all" | "quit";

/** Asks at the terminal, until it understands the answer. The end of the input is `quit`. */
export async function ask(path: string): Promise<Answer> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const ended = new Promise<null>((resolve) => terminal.once("close", () => resolve(null)));
  try {
    for (;;) {
      const question = terminal.question(`Change ${path}? [y]es, [n]o, [a]ll, [q]uit: `);
      const text = await Promise.race([question, ended]);
      if (text === null) return "quit";
      const answer = answerOf(text);
      if (answer !== undefined) return answer;
    }
  } finally {
    terminal.close();
  }
}

function answerOf(text: string): Answer | undefined {
  const word = text.trim().toLowerCase();
  return (["yes", "no", "all", "quit"] as const).find((answer) => word === answer || word === answer[0]);
}
