import type { SourcePosition } from "../model/nodes.js";

/** Comments, regular expressions and strings as one token each, so that no bracket inside them counts. */
const tokens =
  /\/\/[^\n\r]*|\/\*[\s\S]*?\*\/|(?<=[(,=:[]\s*)\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/\w*|`(?:\\[\s\S]|[^`\\])*`|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|[\p{L}_$][\p{L}\p{N}_$]*|\S/gu;

/**
 * Where a property stands in the object that a call is given: `["events", "posted"]` in `channel("room", { events: {
 * posted: … } })`.
 *
 * @param call - offset of the call in `text`
 * @returns the offset of the key; `null` where it is not written there, as with a spread or a variable
 */
export function propertyOffset(text: string, call: number, path: readonly string[]): number | null {
  const open: { readonly bracket: string; readonly key: string }[] = [];
  const wanted = JSON.stringify(path);
  let before = "";
  let key = "";
  for (const { 0: token, index } of text.slice(call).matchAll(tokens)) {
    if (token.startsWith("//") || token.startsWith("/*")) continue;
    if ("({[".includes(token)) {
      open.push({ bracket: token, key });
    } else if (")}]".includes(token)) {
      open.pop();
      if (open.length === 0) return null;
    } else if (open.at(-1)?.bracket === "{" && (before === "{" || before === ",")) {
      key = /^["']/.test(token) ? token.slice(1, -1) : token;
      // The first two brackets are the call's and the object's own.
      const here = [...open.slice(2).map((around) => around.key), key];
      if (JSON.stringify(here) === wanted) return call + index;
    }
    before = token;
  }
  return null;
}

/** The offset of a place in a text. */
export function offsetOf(text: string, { line, column }: Pick<SourcePosition, "line" | "column">): number {
  const lines = text.split(/(?<=\r\n|\n|\r(?!\n))/);
  return lines.slice(0, line - 1).join("").length + column - 1;
}

/** The place right after the beginning of a file. */
export function positionAfter(file: string, beginning: string): SourcePosition {
  const lines = beginning.split(/\r\n|\n|\r/);
  return { file, line: lines.length, column: (lines.at(-1) ?? "").length + 1 };
}
