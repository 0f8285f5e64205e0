import type { Contract } from "signalbox/client";

interface Message {
  author: string;
  body: string;
}

/** What codegen would write for the contract of `test/gateway/fixture.ts`. */
export interface Channels {
  room: {
    params: { roomId: number };
    events: { messagePosted: Message; typing: { author: string } };
    commands: {
      postMessage: { input: { body: string }; output: Message };
      startTyping: { input: object; output: undefined };
    };
  };
  inbox: { params: null; events: { notified: { title: string } }; commands: Record<never, never> };
  thing: {
    params: null;
    events: { updated: { user_id: number; contents: string } };
    commands: Record<never, never>;
  };
}

export const contract: Contract<Channels> = {
  fingerprint: "ba9876543210",
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
