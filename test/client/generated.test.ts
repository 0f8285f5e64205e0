/** The client as codegen wrote it for this repository's own contract, whose types are declarations of their own. */
import { createTestGateway } from "signalbox/testing";
import { afterAll, expect, it } from "vitest";
import { RealtimeError, realtime } from "../../generated/client/realtime.js";

afterAll(() => realtime.close());

it("works with the test gateway, in the contract's types", async () => {
  const gateway = createTestGateway(realtime);
  const room = realtime.room({ roomId: 1 });
  const bodies: string[] = [];
  room.on("messagePosted", ({ body }) => bodies.push(body));
  const message = { id: "m1", author: "Ann", body: "hi", postedAt: "2026-01-01T00:00:00Z" };
  expect(gateway.emit(room, "messagePosted", message)).toBe(true);
  // @ts-expect-error: a message has more than that
  gateway.emit(room, "messagePosted", { body: "typed" });
  expect(bodies).toEqual(["hi", "typed"]);
  gateway.answer(room, "postMessage", ({ body }) => ({ ...message, body }));
  expect((await room.send("postMessage", { body: "answered" })).body).toBe("answered");
  await expect(room.send("startTyping", {})).rejects.toBeInstanceOf(RealtimeError);
});
