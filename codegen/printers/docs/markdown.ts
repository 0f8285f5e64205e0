/** The only way in which a contract's text becomes Markdown: nothing of it can become a heading, a link, a tag or a cell. */

/** Text on one line, as in a table. */
export function inline(text: string): string {
  return text
    .replace(/[\s\u0085\u2028\u2029]+/g, " ")
    .trim()
    .replace(/[\\`*_[\]{}<>|#~&!]/g, "\\$&");
}

/** Text of several paragraphs. */
export function paragraphs(text: string): string {
  return text
    .split(/(?:\r\n|[\n\r\u0085\u2028\u2029])\s*(?:\r\n|[\n\r\u0085\u2028\u2029])/)
    .map((part) =>
      inline(part)
        .replace(/^(\d+)([.)])/, "$1\\$2")
        .replace(/^([-+=])/, "\\$1"),
    )
    .filter((part) => part !== "")
    .join("\n\n");
}

/** A code span, whatever back-ticks are in it. A bar would end a cell even there. */
export function code(text: string): string {
  const oneLine = text.replace(/[\r\n\u0085\u2028\u2029]+/g, "⏎").replaceAll("|", "\u2758");
  const longest = Math.max(0, ...Array.from(oneLine.matchAll(/`+/g), ([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  const pad = longest > 0 || oneLine.trim() === "" ? " " : "";
  return `${fence}${pad}${oneLine}${pad}${fence}`;
}

/** A fenced block. */
export function block(language: string, text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

/** A table; empty without rows. Cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
