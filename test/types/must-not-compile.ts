/**
 * What a user of the sample contract must not get away with. Compiling is the test: `tsc` complains of every line below
 * a `@ts-expect-error` that has no error.
 */
import { defineGateway, session } from "signalbox/gateway";
import { realtime } from "../../generated/client/realtime.js";
import { handlers, type Publish } from "../../generated/server/handlers.js";

// @ts-expect-error `authorize` decides who comes in where access is custom: it cannot be left out
handlers.room({ commands: { startTyping() {}, postMessage: () => posted } });

// @ts-expect-error every command needs a handler
handlers.room({ authorize: () => true, commands: { startTyping() {} } });

handlers.room({
  authorize: () => true,
  commands: {
    startTyping() {},
    // @ts-expect-error the answer is a Message
    postMessage: () => ({ body: "hi" }),
  },
});

handlers.room({
  authorize: () => true,
  commands: {
    startTyping() {},
    // @ts-expect-error a command that the contract does not have
    shout() {},
    postMessage: () => posted,
  },
});

handlers.room({
  // @ts-expect-error a truthy object does not admit
  authorize: () => ({ allowed: true }),
  commands: { startTyping() {}, postMessage: () => posted },
});

handlers.room({
  // @ts-expect-error the contract has a public channel, so there may be no user
  authorize: (ctx) => ctx.user.id !== "",
  commands: { startTyping() {}, postMessage: () => posted },
});

// @ts-expect-error only a channel with access custom has an authorize
handlers.thing({ authorize: () => true });

// @ts-expect-error an event that the contract does not have
handlers.thing({ on: { deleted() {} } });

handlers.thing({
  on: {
    updated(data) {
      // @ts-expect-error a field that the contract does not have
      data.content;
    },
  },
});

export function publishes(publish: Publish): void {
  // @ts-expect-error a channel that the contract does not have
  publish.rooms({ roomId: 1 });
  // @ts-expect-error its parameter is a number
  publish.room({ roomId: "1" });
  // @ts-expect-error a parameter is missing
  publish.room({});
  // @ts-expect-error a field is missing
  publish.room({ roomId: 1 }).typing({});
  // @ts-expect-error a value that the enum does not have
  publish.inbox({ userId: 1 }).notified({ title: "t", level: "fatal" });
  publish.inbox({ userId: 1 }).notified({ title: "t" });
}

export async function browses(): Promise<void> {
  // @ts-expect-error a channel that the contract does not have
  realtime.rooms({ roomId: 1 });
  // @ts-expect-error another user's inbox cannot be asked for
  realtime.inbox({ userId: 2 });
  // @ts-expect-error its parameter is a number
  realtime.room({ roomId: "1" });
  const room = realtime.room({ roomId: 1 });
  // @ts-expect-error an event that the contract does not have
  room.on("posted", () => {});
  room.on("messagePosted", (message) => {
    // @ts-expect-error `body` is a string
    message.body.toFixed();
  });
  // @ts-expect-error a command that the contract does not have
  room.send("post", {});
  // @ts-expect-error `body` is missing
  room.send("postMessage", {});
  const message = await room.send("postMessage", { body: "hi" });
  // @ts-expect-error an answer has only the contract's fields
  message.text;
  const nothing: undefined = await room.send("startTyping", {});
  // @ts-expect-error a value that the enum does not have
  realtime.inbox().on("notified", ({ level }) => level === "fatal");
  return nothing;
}

defineGateway({
  origins: [],
  identify: session("user_id"),
  connect(ctx) {
    // @ts-expect-error the contract's channels are known here as well
    ctx.publish.rooms({ roomId: 1 });
  },
});

const posted = { id: "1", author: "a", body: "b", postedAt: "2026-11-25T00:00:00Z" };
