import { type ParsedPattern, parsePattern } from "../channel-pattern.js";
import type { Handle } from "../definition.js";
import { isDottedName, isInherited, meeting, snakeCase, upperCamelCase } from "../names.js";
import type { ChannelNode, Documentation, WireNode } from "../nodes.js";
import { type Building, type Finding, type Place, report } from "./building.js";
import { channelDocumentation, choice, history, knownOptions, perUser } from "./channel-options.js";
import { type DeclaredChannel, didYouMean, record, tell, type Work } from "./declared-channel.js";
import { documentation } from "./documentation.js";
import { parameterNodes } from "./parameters.js";

/** An event, command or presence before fingerprints. */
export interface DraftPayload {
  readonly node: WireNode;
  readonly schema: Handle;
  readonly place: Place;
}

export interface DraftChannel {
  readonly declared: DeclaredChannel;
  readonly pattern: ParsedPattern;
  readonly node: Omit<ChannelNode, "events" | "commands" | "presence">;
  readonly events: readonly {
    readonly name: string;
    readonly payload: DraftPayload;
    readonly documentation: Documentation;
  }[];
  readonly commands: readonly {
    readonly name: string;
    readonly input: DraftPayload;
    readonly output: DraftPayload | null;
    readonly documentation: Documentation;
  }[];
  readonly presence: DraftPayload | null;
}

/** Members of the browser client, beside which each channel stands: `realtime.status`, `realtime.room(…)`. */
const clientMembers = ["status", "fingerprint", "onStatus", "configure", "connect", "close"];

export function draftChannel(building: Building, declared: DeclaredChannel): DraftChannel | null {
  const find = (finding: Finding) => report(building, String(declared.pattern), declared.position, finding);
  const pattern = typeof declared.pattern === "string" ? parsePattern(declared.pattern) : "it is no string";
  if (typeof pattern === "string") {
    find({ code: "SB1101", message: `the pattern ${JSON.stringify(declared.pattern)}: ${pattern}` });
    return null;
  }
  const work: Work = { building, declared, path: pattern.name, typeName: upperCamelCase(pattern.identifier) };
  checkReserved(work, "channel", pattern.name, pattern.identifier);
  if (clientMembers.includes(pattern.identifier)) {
    const message = `the channel ${pattern.name}: the browser client has a ${pattern.identifier} of its own`;
    tell(work, { code: "SB1102", message });
  }
  const given = record(declared.options);
  if (given === null) {
    tell(work, { code: "SB1110", message: "a channel's second argument is its options" });
    return null;
  }
  const options = knownOptions(work, given);
  const parameters = parameterNodes(work, pattern, options.params);
  const events = draftEvents(work, options.events);
  const commands = draftCommands(work, options.commands);
  const presence =
    options.presence === undefined
      ? null
      : payload(work, options.presence, "presence", "Presence", "presence");
  if (events.length === 0 && commands.length === 0 && presence === null) {
    tell(work, {
      code: "SB1113",
      message: `the channel ${pattern.name} has no event, no command and no presence`,
    });
  }
  return {
    declared,
    pattern,
    node: {
      kind: "channel",
      name: pattern.name,
      identifier: pattern.identifier,
      pattern: String(declared.pattern),
      segments: pattern.segments,
      parameters,
      access: choice(work, options, "access", ["public", "session", "signed", "custom"]),
      delivery: choice(work, options, "delivery", ["ephemeral", "durable", "latest"]),
      history: history(work, options),
      perUser: perUser(work, options, pattern, parameters),
      documentation: channelDocumentation(work, options),
      source: { file: declared.file, exportName: declared.exportName, position: declared.position },
    },
    events,
    commands,
    presence,
  };
}

/** Names that Signalbox or every object has. */
function checkReserved(
  work: Work,
  what: string,
  name: string,
  identifier: string,
  ...property: readonly string[]
): void {
  const reason = name.startsWith("signalbox")
    ? "names that start with signalbox are Signalbox's own"
    : isInherited(identifier)
      ? "every JavaScript object has one already"
      : identifier === "then"
        ? "an object with a method then is taken for a promise"
        : undefined;
  if (reason !== undefined)
    tell(work, { code: "SB1102", message: `the ${what} ${name}: ${reason}` }, ...property);
}

/** Methods of Ruby's modules that must keep their meaning, and ours. */
const rubyMethods = ["with", "initialize", "object_id", "method_missing", "respond_to_missing?"];

function checkMessageName(work: Work, what: "event" | "command", name: string): void {
  if (!isDottedName(name)) {
    tell(
      work,
      {
        code: "SB1109",
        message: `the ${what} ${JSON.stringify(name)} is no lowerCamelCase or dotted name`,
      },
      `${what}s`,
      name,
    );
    return;
  }
  checkReserved(work, what, name, name, `${what}s`, name);
  if (what === "event" && rubyMethods.includes(snakeCase(name))) {
    tell(
      work,
      {
        code: "SB1102",
        message: `the event ${name}: Ruby's ${snakeCase(name)} must keep its meaning`,
      },
      "events",
      name,
    );
  }
}

function messages(
  work: Work,
  what: "event" | "command",
  value: unknown,
): readonly (readonly [string, unknown])[] {
  if (value === undefined) return [];
  const given = record(value);
  if (given === null) {
    tell(work, { code: "SB1110", message: `${what}s is an object of names` }, `${what}s`);
    return [];
  }
  const names = Object.keys(given);
  for (const name of names) checkMessageName(work, what, name);
  for (const group of meeting(names, snakeCase)) {
    const one = snakeCase(group[0] ?? "");
    tell(
      work,
      { code: "SB1107", message: `the ${what}s ${group.join(" and ")} are both ${one} in Ruby` },
      `${what}s`,
      group.at(-1) ?? "",
    );
  }
  return Object.entries(given);
}

function draftEvents(work: Work, value: unknown): DraftChannel["events"] {
  return messages(work, "event", value).flatMap(([name, schema]) => {
    const drafted = payload(work, schema, name, upperCamelCase(name), "events", name);
    if (drafted === null) return [];
    return {
      name,
      payload: drafted,
      documentation: documentation(work.building, drafted.schema, drafted.place),
    };
  });
}

function draftCommands(work: Work, value: unknown): DraftChannel["commands"] {
  return messages(work, "command", value).flatMap(([name, options]) => {
    const given = record(options);
    if (given === null || work.building.reader.isSchema(options) || given.input === undefined) {
      tell(
        work,
        { code: "SB1110", message: `the command ${name} is { input: schema, output?: schema }` },
        "commands",
        name,
      );
      return [];
    }
    for (const key of Object.keys(given)) {
      if (key === "input" || key === "output") continue;
      tell(
        work,
        {
          code: "SB1110",
          message: `the command ${name} has no option ${key}${didYouMean(key, ["input", "output"])}`,
        },
        "commands",
        name,
        key,
      );
    }
    const input = payload(
      work,
      given.input,
      `${name}.input`,
      upperCamelCase(name),
      "commands",
      name,
      "input",
    );
    const output =
      given.output === undefined
        ? null
        : payload(
            work,
            given.output,
            `${name}.output`,
            `${upperCamelCase(name)}Reply`,
            "commands",
            name,
            "output",
          );
    if (input === null) return [];
    return { name, input, output, documentation: documentation(work.building, input.schema, input.place) };
  });
}

function payload(
  work: Work,
  schema: unknown,
  path: string,
  typeName: string,
  ...property: readonly string[]
): DraftPayload | null {
  const { building } = work;
  if (!building.reader.isSchema(schema)) {
    tell(work, { code: "SB1200", message: `${work.path}.${path} is no schema of zod 4` }, ...property);
    return null;
  }
  const place: Place = { path: `${work.path}.${path}`, typeName: work.typeName + typeName, depth: 0 };
  return { node: building.buildPresent(schema, place), schema, place };
}
