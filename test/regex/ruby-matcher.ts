import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { translateRegex } from "../../codegen/regex/translate.js";

/** A Ruby process that matches what codegen prints. */
export interface RubyMatcher {
  /** Which of the strings match, or why the pattern has no Ruby form. */
  match(
    pattern: RegExp,
    strings: readonly string[],
  ): Promise<readonly boolean[] | { readonly refused: string }>;
  stop(): Promise<void>;
}

export function rubyMatcher(): RubyMatcher {
  const script = fileURLToPath(new URL("match.rb", import.meta.url));
  const child = spawn("ruby", ["-w", script], { stdio: ["pipe", "pipe", "pipe"] });
  // A warning is a failure: generated files must load without any.
  let complaints = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaints += text;
  });
  const waiting: ((line: string) => void)[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => waiting.shift()?.(line));
  const exited = new Promise<void>((resolve) => child.on("exit", () => resolve()));
  void exited.then(() => {
    for (const answer of waiting.splice(0)) answer("Ruby ended");
  });
  return {
    async match(pattern, strings) {
      const translation = translateRegex(pattern);
      if (!translation.ok) return { refused: translation.why };
      const line = await new Promise<string>((resolve) => {
        waiting.push(resolve);
        child.stdin.write(`${JSON.stringify({ ...translation, strings })}\n`);
      });
      if (!/^[01]*$/.test(line)) throw new Error(`${pattern} → /${translation.source}/: ${line}`);
      return [...line].map((answer) => answer === "1");
    },
    async stop() {
      child.stdin.end();
      await exited;
      if (complaints !== "") throw new Error(complaints.slice(0, 2_000));
    },
  };
}

/** What JavaScript says, as zod asks: a pattern with `g` or `y` starts anew each time. */
export function matchInJavaScript(pattern: RegExp, strings: readonly string[]): boolean[] {
  return strings.map((string) => {
    pattern.lastIndex = 0;
    return pattern.test(string);
  });
}
