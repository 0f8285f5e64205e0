import type { ErrorCode } from "../protocol/codes.js";
import type { PayloadIssue } from "../protocol/frames.js";

const errorCode = /^[a-z][a-z0-9_]{0,63}$/;

/** Thrown by a handler: the browser learns this code and message. Anything else that is thrown becomes `internal`. */
export class RealtimeError extends Error {
  override readonly name = "RealtimeError";
  readonly code: ErrorCode | (string & {});

  /**
   * @param code lower_snake_case: the gateway's own (`forbidden` …) or one of yours
   * @param message for people; it reaches the browser, so no secrets
   * @throws TypeError for a code that is not lower_snake_case
   */
  constructor(code: ErrorCode | (string & {}), message: string) {
    super(message);
    if (!errorCode.test(code)) throw new TypeError("RealtimeError: the code must be lower_snake_case");
    this.code = code;
  }
}

/** A payload that this side was about to send, and that the contract does not allow. Lists paths, never values. */
export class ContractViolation extends Error {
  override readonly name = "ContractViolation";
  readonly issues: readonly PayloadIssue[];

  constructor(subject: string, issues: readonly PayloadIssue[]) {
    const listed = issues.map((issue) => `${issue.path.join(".") || "(root)"}: ${issue.message}`);
    super(`${subject} does not fit the contract: ${listed.join("; ")}`);
    this.issues = issues;
  }
}

/** Why the gateway did not start: sentences for whoever started it, fit to be shown without a stack. */
export class StartError extends Error {
  override readonly name = "StartError";
  /** Whether contract, handlers or `gateway.ts` are wrong, and not what surrounds the gateway. */
  readonly inCode: boolean;

  constructor(message: string, { inCode = false }: { readonly inCode?: boolean } = {}) {
    super(message);
    this.inCode = inCode;
  }
}
