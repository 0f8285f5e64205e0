import type { z } from "zod";
import type { ChannelPattern } from "../broker/broker.js";
import { ME } from "../protocol/frames.js";
import { integerText, parameterText } from "../protocol/names.js";
import type { ChannelHandlers, Params, ServerChannel } from "./definition.js";
import { type Validator, validator } from "./validation.js";

export interface EventType {
  readonly name: string;
  readonly fingerprint: string;
  readonly validate: Validator;
}

export interface CommandType {
  readonly name: string;
  readonly validateInput: Validator;
  readonly validateOutput: Validator | null;
}

interface Parameter {
  readonly name: string;
  /** The value that a canonical text stands for, or `undefined` where the schema refuses it. */
  parse(text: string): string | number | undefined;
}

/** One channel of the contract, ready to run: its pattern as a matcher, its schemas compiled. */
export interface ChannelType extends ChannelPattern {
  readonly name: string;
  readonly identifier: string;
  readonly pattern: string;
  readonly access: "public" | "session" | "custom";
  readonly perUser: string | null;
  readonly parameters: readonly Parameter[];
  readonly events: ReadonlyMap<string, EventType>;
  readonly commands: ReadonlyMap<string, CommandType>;
  readonly handlers: ChannelHandlers;
  /** The one event of a channel that takes bare payloads. */
  readonly onlyEvent: EventType | null;
  /** The texts of the parameters in a concrete name, or `null` where it is not of this type. */
  texts(concreteName: string): readonly string[] | null;
  /** Whether a browser's name is of this type: `@me`, and nothing else, where a `perUser` channel has the user's id. */
  fits(requestedName: string): boolean;
}

/** The pieces of a pattern: texts at even places, parameters between: `room:{roomId}` → `["room:", "roomId", ""]`. */
function split(pattern: string): readonly string[] {
  return pattern.split(/\{([^{}]+)\}/);
}

function isText(index: number): boolean {
  return index % 2 === 0;
}

const parameterSource = "[A-Za-z0-9_.-]+";

export function channelType(declared: ServerChannel, access: ChannelType["access"]): ChannelType {
  const { pattern, options } = declared.channel;
  const parts = split(pattern);
  const perUser = options.perUser ?? null;
  const matcher = matcherOf(parts, () => parameterSource);
  const browserMatcher = matcherOf(parts, (name) => (name === perUser ? ME : parameterSource));
  const parameters = parts
    .filter((_, index) => !isText(index))
    .map((name) => parameter(name, options.params?.[name]));
  const events = Object.entries(options.events ?? {}).map(([name, schema]): EventType => {
    return { name, fingerprint: declared.events[name] ?? "", validate: validator(schema) };
  });
  const commands = Object.entries(options.commands ?? {}).map(([name, { input, output }]): CommandType => {
    const validateOutput = output === undefined ? null : validator(output);
    return { name, validateInput: validator(input), validateOutput };
  });

  const texts = (concreteName: string) => canonicalTexts(matcher.exec(concreteName));
  return {
    name: declared.name,
    identifier: declared.identifier,
    pattern,
    access,
    perUser,
    pieces: parts.map((part, index) => (isText(index) ? part : null)),
    matches: (channel) => texts(channel) !== null,
    parameters,
    events: new Map(events.map((event) => [event.name, event])),
    commands: new Map(commands.map((command) => [command.name, command])),
    handlers: declared.handlers ?? {},
    onlyEvent: events.length === 1 ? (events[0] ?? null) : null,
    texts,
    fits: (requestedName) => browserMatcher.test(requestedName),
  };
}

function matcherOf(parts: readonly string[], source: (parameter: string) => string): RegExp {
  const sources = parts.map((part, index) => (isText(index) ? escapeRegExp(part) : `(${source(part)})`));
  return new RegExp(`^${sources.join("")}$`);
}

function canonicalTexts(match: RegExpExecArray | null): readonly string[] | null {
  if (match === null) return null;
  const found = match.slice(1);
  return found.every((text) => parameterText.test(text)) ? found : null;
}

function parameter(name: string, schema: z.ZodType | undefined): Parameter {
  return {
    name,
    parse(text) {
      if (schema === undefined) return undefined;
      const asText = schema.safeParse(text);
      if (asText.success) return canonicalValue(asText.data, text);
      if (!integerText.test(text)) return undefined;
      const asInteger = schema.safeParse(Number(text));
      return asInteger.success ? canonicalValue(asInteger.data, text) : undefined;
    },
  };
}

/** A value whose canonical text is not the one that was given would be a second name of the same thing. */
function canonicalValue(value: unknown, text: string): string | number | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  return String(value) === text ? value : undefined;
}

/** The values of a concrete name's parameters, or `null` where it is no name of this type. */
export function paramsOf(type: ChannelType, concreteName: string): Params | null {
  const texts = type.texts(concreteName);
  if (texts === null) return null;
  const params: Record<string, string | number> = {};
  for (const [index, { name, parse }] of type.parameters.entries()) {
    const value = parse(texts[index] ?? "");
    if (value === undefined) return null;
    params[name] = value;
  }
  return Object.freeze(params);
}

/**
 * The concrete name for these parameters.
 *
 * @throws TypeError where one is missing or is not what the contract says
 */
export function concreteName(type: ChannelType, params: unknown): string {
  const given = typeof params === "object" && params !== null ? params : {};
  let index = 0;
  return type.pieces.map((piece) => piece ?? text(type, type.parameters[index++], given)).join("");
}

function text(type: ChannelType, parameter: Parameter | undefined, given: object): string {
  const value: unknown =
    parameter !== undefined && Object.hasOwn(given, parameter.name)
      ? Reflect.get(given, parameter.name)
      : undefined;
  const written = typeof value === "string" || typeof value === "number" ? String(value) : "";
  if (!parameterText.test(written) || parameter?.parse(written) === undefined) {
    throw new TypeError(
      `${type.pattern}: parameter ${parameter?.name} is missing or not what the contract says`,
    );
  }
  return written;
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
