import { basename, join } from "node:path";
import { bearsBanner } from "../../../codegen/emit/banner.js";
import { filesBelow, readIfFile } from "../files/read.js";
import { underscore, withoutComments } from "./ruby-source.js";

/**
 * A file of the application that defines what codegen would define: a class of that name, or a module in the file that
 * Zeitwerk takes for it. A namespace (`module Events` around `class Paid`) is none: both can be.
 *
 * @param constant `Events`, or `Realtime::Events`
 * @returns its path, or `null`
 */
export function definitionOf(root: string, constant: string): string | null {
  const [first = ""] = constant.split("::");
  const isClass = new RegExp(`^class[ \\t]+${first}\\b(?!::)`, "m");
  const isModule = new RegExp(`^module[ \\t]+${first}\\b(?!::)`, "m");
  const file = `${underscore(first)}.rb`;
  for (const path of [...filesBelow(root, "app"), ...filesBelow(root, "lib")]) {
    if (!path.endsWith(".rb")) continue;
    const text = readIfFile(join(root, path)) ?? "";
    if (bearsBanner(text)) continue;
    const source = withoutComments(text);
    const isOwnModule = constant === first && basename(path) === file && isModule.test(source);
    if (isClass.test(source) || isOwnModule) return path;
  }
  return null;
}

/** Where Zeitwerk looks for a constant: `realtime/events.rb`. */
export function fileOfConstant(constant: string): string {
  return `${constant.split("::").map(underscore).join("/")}.rb`;
}
