import type { CatalogueEntry } from "./entry.js";

/** SB11xx: what a channel declares about itself. */
export const channels = {
  SB1101: {
    title: "A channel's pattern is not valid",
    cause: "A pattern is a lowerCamelCase or dotted name, then names and {parameters}, joined by colons.",
    fix: 'Write it like "room:{roomId}", "room:{roomId}:thread:{threadId}" or "orders.created".',
  },
  SB1102: {
    title: "A name is reserved",
    cause: "The name is used by Signalbox, or means something to every JavaScript object or Ruby class.",
    fix: "Choose another name.",
  },
  SB1103: {
    title: "Parameters and pattern do not agree",
    cause: "Each {parameter} of the pattern needs one schema in `params`, and nothing else may be there.",
    fix: "Give `params` exactly the names that the pattern has.",
  },
  SB1104: {
    title: "A parameter cannot be written into a channel's name",
    cause:
      "A parameter is text of [A-Za-z0-9_.-], 1 to 128 characters: a string, an integer, an enum of such strings or a UUID.",
    fix: 'Use z.int(), z.string(), z.enum([…]), z.uuid() or wire.id("integer"), without .optional(), .default() or .trim().',
  },
  SB1105: {
    title: "Two patterns can match one name",
    cause: "A concrete name must belong to one channel.",
    fix: "Begin the patterns with different names, or make them different in number of parts.",
  },
  SB1106: {
    title: "Two channels have one name",
    cause: "The pattern without its parameters is the channel's name in every language; it must be unique.",
    fix: "Rename one of them.",
  },
  SB1107: {
    title: "Two names meet in snake_case",
    cause: "Ruby's names are the snake_case of the contract's, and these two become one.",
    fix: "Rename one of them.",
  },
  SB1108: {
    title: "perUser does not fit",
    cause: "`perUser` names the parameter that is filled from the connected user's id.",
    fix: 'Name a parameter of the pattern that is an integer, a string or a UUID, and require a user (access is not "public").',
  },
  SB1109: {
    title: "The name of an event or command is not valid",
    cause: "Names become methods and types in three languages: lowerCamelCase, or such names joined by dots.",
    fix: "Write it like messagePosted or message.posted.",
  },
  SB1110: {
    title: "An option of a channel is not valid",
    cause: "The option does not exist, is missing, or has a value that it cannot have.",
    fix: "Correct the option that the message names.",
  },
  SB1111: {
    title: "A parameter and a field of one name have different types",
    cause: "In Ruby both are the same keyword, so that one value would have to be both.",
    fix: "Rename one, or give both the same type.",
  },
  SB1112: {
    title: "The field sb is reserved at the root of an event",
    cause: "`sb` marks Signalbox's envelope on Redis; a payload with it could be taken for one.",
    fix: "Rename the field.",
  },
  SB1113: {
    title: "A channel carries nothing",
    cause: "It has no event, no command and no presence.",
    fix: "Declare at least one of them, or delete the channel.",
  },
} as const satisfies Record<string, CatalogueEntry>;
