import type { ParsedPattern } from "../channel-pattern.js";
import { isWellFormed, similar } from "../names.js";
import type { ChannelNode, Documentation } from "../nodes.js";
import { didYouMean, record, tell, type Work } from "./declared-channel.js";

const optionNames = [
  "params",
  "access",
  "delivery",
  "history",
  "perUser",
  "events",
  "commands",
  "presence",
  "description",
  "deprecated",
];

/** The options, each unknown one told; a misspelt one counts as what was meant, so that nothing is missing as well. */
export function knownOptions(
  work: Work,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const options = { ...given };
  for (const [name, value] of Object.entries(given)) {
    if (optionNames.includes(name)) continue;
    tell(
      work,
      { code: "SB1110", message: `there is no option ${name}${didYouMean(name, optionNames)}` },
      name,
    );
    const [meant] = similar(name, optionNames);
    if (meant !== undefined) options[meant] ??= value;
  }
  return options;
}

export function choice<const Choice extends string>(
  work: Work,
  options: Readonly<Record<string, unknown>>,
  name: string,
  choices: readonly [Choice, ...Choice[]],
): Choice {
  const value = options[name];
  const chosen = choices.find((candidate) => candidate === value);
  if (chosen !== undefined) return chosen;
  const list = choices.map((candidate) => JSON.stringify(candidate)).join(", ");
  const what = value === undefined ? `${name} is missing` : `${name} cannot be ${String(value)}`;
  tell(work, { code: "SB1110", message: `${what}: it is one of ${list}`, fix: `Set ${name}.` }, name);
  return choices[0];
}

export function history(work: Work, options: Readonly<Record<string, unknown>>): ChannelNode["history"] {
  if (options.history === undefined) return null;
  const given = record(options.history);
  const { limit, ttl } = given ?? {};
  if (!isCount(limit) || !isCount(ttl) || Object.keys(given ?? {}).length !== 2) {
    tell(
      work,
      {
        code: "SB1110",
        message: "history is { limit: messages, ttl: seconds }, both whole numbers from 1",
      },
      "history",
    );
    return null;
  }
  if (options.delivery !== "durable") {
    tell(
      work,
      { code: "SB1110", message: 'history needs delivery "durable": nothing else is kept' },
      "history",
    );
    return null;
  }
  return { limit, ttl };
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 1;
}

export function perUser(
  work: Work,
  options: Readonly<Record<string, unknown>>,
  pattern: ParsedPattern,
  parameters: ChannelNode["parameters"],
): string | null {
  const { perUser: name } = options;
  if (name === undefined) return null;
  const wrong = (message: string) => {
    tell(work, { code: "SB1108", message }, "perUser");
    return null;
  };
  if (typeof name !== "string" || !pattern.parameters.includes(name)) {
    return wrong(
      `perUser names ${JSON.stringify(name) ?? String(name)}, which is no parameter of ${pattern.name}`,
    );
  }
  if (parameters.some((parameter) => parameter.name === name && parameter.node.kind === "literal")) {
    return wrong(`the parameter ${name} is an enum, which no user's id is`);
  }
  if (options.access === "public")
    return wrong("a public channel has no user whose id could fill the parameter");
  return name;
}

export function channelDocumentation(work: Work, options: Readonly<Record<string, unknown>>): Documentation {
  const { description, deprecated } = options;
  if (description !== undefined && !isText(description))
    tell(work, { code: "SB1305", message: "description is no text" }, "description");
  if (deprecated !== undefined && typeof deprecated !== "boolean" && !isText(deprecated)) {
    tell(work, { code: "SB1305", message: "deprecated is neither a boolean nor a text" }, "deprecated");
  }
  return {
    ...(isText(description) ? { description } : {}),
    ...(deprecated === true || isText(deprecated) ? { deprecated } : {}),
  };
}

function isText(value: unknown): value is string {
  return typeof value === "string" && isWellFormed(value);
}
