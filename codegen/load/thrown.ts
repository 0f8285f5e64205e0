import { readFileSync } from "node:fs";
import { join } from "node:path";
import { catalogue } from "../diagnostics/catalogue.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { SourcePosition } from "../model/nodes.js";
import { positions } from "./positions.js";
import { positionAfter } from "./source-property.js";
import { typeCheckCommand } from "./type-check.js";

/** What to say of an error that a schema file threw; `paths` are the files that were being loaded. */
export function thrown(error: unknown, paths: readonly string[], root: string): Diagnostic {
  const text = (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).replace(
    /\s+/g,
    " ",
  );
  const position = positions.ofError(error) ?? literalPosition(text, paths, root);
  // V8 names things as the bundle does; other errors have a text of the user's own.
  const slip = error instanceof TypeError || error instanceof ReferenceError;
  const message = slip && position !== undefined ? asWritten(text, join(root, position.file)) : text;
  return {
    code: "SB1002",
    severity: "error",
    message: `the schema throws while it is loaded: ${message}`,
    fix: slip ? slipFix(position, root) : isBadPattern(error) ? patternFix : catalogue.SB1002.fix,
    ...(position === undefined ? {} : { position }),
  };
}

/** A literal, or what `new RegExp(…)` was given. */
function isBadPattern(error: unknown): boolean {
  return (
    error instanceof SyntaxError &&
    /^Invalid (regular expression|flags supplied to RegExp)/.test(error.message)
  );
}

const patternFix =
  "Correct the regular expression as the message says; if a browser takes it, this version of Node.js lacks what it uses.";

function slipFix(position: SourcePosition | undefined, root: string): string {
  const command = position === undefined ? null : typeCheckCommand(position.file, root);
  const shown = command === null ? "" : ` (${command} shows most of them)`;
  return `Correct what the message names: a misspelt name, a missing import, or a value that is not there${shown}.`;
}

/** The bundler tells two `z` of two files apart as `z` and `z2`: the file that has no `z2` means its `z`. */
function asWritten(message: string, file: string): string {
  const written = new Set(readFileSync(file, "utf8").match(/[\p{L}\p{N}_$]+/gu));
  return message.replace(/([\p{L}_$][\p{L}\p{N}_$]*?)\d+(?![\p{L}\p{N}_$])/gu, (name, stem: string) =>
    !written.has(name) && written.has(stem) ? stem : name,
  );
}

/** A regular expression that V8 does not compile leaves no frame, but its text is in the message. */
function literalPosition(
  message: string,
  paths: readonly string[],
  root: string,
): SourcePosition | undefined {
  const [file, ...others] = paths;
  if (file === undefined || others.length > 0) return undefined;
  const literal = /^SyntaxError: Invalid regular expression: (\/.*\/)\w*: /.exec(message)?.[1];
  const before = literal === undefined ? [] : readFileSync(join(root, file), "utf8").split(literal);
  if (before.length < 2) return { file, line: 1, column: 1 };
  return positionAfter(file, before[0] ?? "");
}
