/** A guide as a program: what its fenced blocks ask a reader to do, in the order in which they stand. */

/** The bundlers that a guide may tell apart: a paragraph that has one in bold makes the block after it one for its users. */
export const bundlers = ["importmap", "jsbundling", "vite_rails"] as const;
export type Bundler = (typeof bundlers)[number];

export type Step =
  /** `sh`: to be typed into a terminal. `prints`: a `text` block right after it; `…` stands for anything. */
  | {
      readonly kind: "type";
      readonly script: string;
      readonly prints: readonly string[];
      readonly line: number;
    }
  /** Any language, with the file's path as a comment in the first line: the whole file. */
  | { readonly kind: "write"; readonly path: string; readonly text: string; readonly line: number }
  /** `diff`, with the path in the same way: lines that are there, that go (`-`) and that come (`+`). */
  | {
      readonly kind: "change";
      readonly path: string;
      readonly diff: readonly string[];
      readonly line: number;
    };

export interface Section {
  readonly title: string;
  readonly steps: readonly Step[];
  /** The addresses that the prose names, as in `http://localhost:3000/board`. */
  readonly addresses: readonly string[];
}

interface Fence {
  readonly language: string;
  readonly lines: readonly string[];
  readonly line: number;
  readonly caption: string;
}

/**
 * @param text Markdown; a section begins with `## `
 * @throws where a block does not say what to do with it: nothing in a guide is left out
 */
export function readGuide(text: string, bundler: Bundler): readonly Section[] {
  const sections: { title: string; prose: string[]; fences: Fence[] }[] = [];
  let paragraph: string[] = [];
  let hasEnded = false;
  const lines = text.split("\n");
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    if (line.startsWith("## ")) {
      sections.push({ title: line.slice(3), prose: [], fences: [] });
      paragraph = [];
      continue;
    }
    const section = sections.at(-1);
    const language = /^```(\w*)$/.exec(line)?.[1];
    if (language === undefined) {
      const isBlank = line.trim() === "";
      if (!isBlank) paragraph = hasEnded ? [line] : [...paragraph, line];
      hasEnded = isBlank;
      section?.prose.push(line);
      continue;
    }
    const end = lines.indexOf("```", at + 1);
    if (end === -1) throw new Error(`line ${at + 1}: this block has no end`);
    if (section === undefined) throw new Error(`line ${at + 1}: this block stands before the first section`);
    const caption = paragraph.join(" ");
    section.fences.push({ language, lines: lines.slice(at + 1, end), line: at + 1, caption });
    paragraph = [];
    at = end;
  }
  return sections.map(({ title, prose, fences }) => ({
    title,
    steps: stepsOf(fences.filter(({ caption }) => isFor(bundler, caption))),
    addresses: prose.flatMap((row) =>
      [...row.matchAll(/http:\/\/localhost:\d+[\w/.-]*\w/g)].map(([all]) => all),
    ),
  }));
}

/** The paragraph before a block counts; one that names no bundler is for everybody. */
function isFor(bundler: Bundler, caption: string): boolean {
  const named = bundlers.filter((name) => caption.includes(`**${name}**`));
  return named.length === 0 || named.includes(bundler);
}

function stepsOf(fences: readonly Fence[]): readonly Step[] {
  const steps: Step[] = [];
  for (const { language, lines, line } of fences) {
    const last = steps.at(-1);
    if (language === "sh") {
      steps.push({ kind: "type", script: lines.join("\n"), prints: [], line });
    } else if (language === "text") {
      if (last?.kind !== "type") throw new Error(`line ${line}: no command stands before this output`);
      steps[steps.length - 1] = { ...last, prints: [...last.prints, ...lines] };
    } else {
      const path = pathIn(lines[0] ?? "");
      if (path === null) throw new Error(`line ${line}: the first line of this block names no file`);
      steps.push(
        language === "diff"
          ? { kind: "change", path, diff: lines.slice(1), line }
          : { kind: "write", path, text: `${lines.join("\n")}\n`, line },
      );
    }
  }
  return steps;
}

/** `# config/routes.rb`, `// realtime/gateway.ts`, `<%# app/views/… %>` */
function pathIn(comment: string): string | null {
  return /^\s*(?:#|\/\/|<%#)\s*([\w./-]+\.\w+)(?:\s*%>)?$/.exec(comment)?.[1] ?? null;
}
