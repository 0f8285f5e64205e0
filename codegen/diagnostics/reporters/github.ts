import type { Diagnostic } from "../diagnostic.js";

/**
 * For GitHub Actions: workflow commands, which show each finding at its line of the pull request.
 * @see https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export function reportGithub(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(command).join("\n");
}

const commands = { error: "error", warning: "warning", note: "notice" } as const;

/** An error about a file as a whole. It need not be there: GitHub then shows it without its place. */
export function fileError(file: string, title: string, message: string): string {
  return `::error file=${property(file)},title=${property(title)}::${data(message)}`;
}

function command({ severity, code, message, fix, position }: Diagnostic): string {
  const where =
    position === undefined
      ? ""
      : `file=${property(position.file)},line=${position.line},col=${position.column},`;
  return `::${commands[severity]} ${where}title=${code}::${data(`${message}\n${fix}`)}`;
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
