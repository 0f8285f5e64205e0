/**
 * Does to a file what a `diff` block of a guide says: lines with `-` go, lines with `+` come, lines with a blank are there
 * already and say where.
 *
 * @param text the file as it is
 * @returns the file as it is afterwards
 * @throws where the lines that must be there are not, or stand in more than one place
 */
export function change(text: string, diff: readonly string[]): string {
  const before: string[] = [];
  const after: string[] = [];
  for (const row of diff) {
    const mark = row[0] ?? " ";
    const line = row.slice(1);
    if (mark !== "+" && mark !== "-" && mark !== " ")
      throw new Error(`neither +, - nor a blank begins: ${row}`);
    if (mark !== "+") before.push(line);
    if (mark !== "-") after.push(line);
  }
  if (before.length === 0) return `${text.replace(/\n*$/, "\n")}${after.join("\n")}\n`;

  const lines = text.split("\n");
  const places = lines.flatMap((_, at) => (before.every((line, n) => lines[at + n] === line) ? [at] : []));
  const [place] = places;
  if (place === undefined)
    throw new Error(`these lines are not in the file:\n${before.join("\n")}\n\n${text}`);
  if (places.length > 1)
    throw new Error(`these lines are in the file ${places.length} times:\n${before.join("\n")}`);
  lines.splice(place, before.length, ...after);
  return lines.join("\n");
}
