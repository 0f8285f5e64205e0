import { createRealtime } from "signalbox/client";
import { describe, expect, it } from "vitest";
import { concreteName } from "../../runtime/client/name.js";
import { contract } from "./contract.js";

const room = contract.channels.room;
const text = { ...room, params: { roomId: "string" } } as const;

describe("the concrete name of a channel", () => {
  it("has canonical text in the place of the parameters", () => {
    expect(concreteName(room, { roomId: 1 })).toBe("room:1");
    expect(concreteName(room, { roomId: "42" })).toBe("room:42");
    expect(concreteName(room, { roomId: -7 })).toBe("room:-7");
    expect(concreteName(room, { roomId: 0 })).toBe("room:0");
    expect(concreteName(text, { roomId: "a_B.c-9" })).toBe("room:a_B.c-9");
    expect(concreteName(contract.channels.thing)).toBe("thing");
  });

  it("asks for the connected user's own where the channel is per user, whoever the page names", () => {
    expect(concreteName(contract.channels.inbox)).toBe("inbox:@me");
    expect(concreteName(contract.channels.inbox, { userId: 2 })).toBe("inbox:@me");
  });

  it.each([
    undefined,
    null,
    true,
    1.5,
    Number.NaN,
    1e21,
    2 ** 53,
    -0.5,
    "",
    "01",
    "+1",
    "1e3",
    " 1",
    "1 ",
    "1:2",
    "-0",
    "@me",
    {},
    [1],
  ])("refuses %j as an integer", (roomId) => {
    expect(() => concreteName(room, { roomId })).toThrow(TypeError);
  });

  it.each(["", "a b", "a:b", "@me", "ä", "a/b", "a*", "x".repeat(129), "a\n"])(
    "refuses %j as text",
    (roomId) => {
      expect(() => concreteName(text, { roomId })).toThrow(/roomId must be 1 to 128 of/);
    },
  );

  it("takes no parameter from a prototype", () => {
    const params: object = Object.create({ roomId: 1 });
    expect(() => concreteName(room, params)).toThrow(TypeError);
  });
});

it("refuses a contract whose channel hides a member of the client", () => {
  const { thing } = contract.channels;
  expect(() => createRealtime({ fingerprint: "", channels: { status: thing } })).toThrow(
    /cannot be called status/,
  );
});
