/** Something that whoever runs the command can mend: shown as it stands, without a stack. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

/** Errors of the other folders whose message is written for people. By name, so that none of them is loaded for it. */
const forPeople = new Set(["CommandError", "GatewayStartFailure", "SecretError", "StartError"]);

/**
 * What to tell about an error: its message, and a stack only where it was asked for.
 *
 * @param debug whether it was
 */
export function describeError(error: unknown, debug: boolean): string {
  if (!(error instanceof Error)) return String(error);
  if (debug) return error.stack ?? error.message;
  const hint = forPeople.has(error.name) ? "" : "\n(run it again with --debug to see where)";
  return error.message + hint;
}
