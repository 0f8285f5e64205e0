import type { Contract } from "signalbox/client";

/** What codegen would write for the sample contract of `schema/`. */
export interface Channels {
  room: {
    params: { roomId: number };
    events: { messagePosted: { body: string }; typing: { author: string } };
    commands: {
      postMessage: { input: { body: string }; output: { id: string; body: string } };
      startTyping: { input: object; output: undefined };
    };
  };
  inbox: { params: null; events: { notified: { title: string } }; commands: Record<never, never> };
  thing: { params: null; events: { updated: { contents: string } }; commands: Record<never, never> };
}

export const contract: Contract<Channels> = {
  fingerprint: "0123456789ab",
  channels: {
    room: {
      pattern: "room:{roomId}",
      perUser: null,
      params: { roomId: "integer" },
      events: ["messagePosted", "typing"],
      commands: ["postMessage", "startTyping"],
    },
    inbox: {
      pattern: "inbox:{userId}",
      perUser: "userId",
      params: { userId: "integer" },
      events: ["notified"],
      commands: [],
    },
    thing: { pattern: "thing", perUser: null, params: {}, events: ["updated"], commands: [] },
  },
};
