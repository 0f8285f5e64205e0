import { RealtimeError } from "signalbox/client";
import { describe, expect, it, vi } from "vitest";
import { reached, useClient } from "./in-node.js";

const its = useClient();
const room = () => its.realtime.room({ roomId: 1 });

describe("send", () => {
  it("subscribes, sends, and resolves with the answer", async () => {
    const answer = room().send("postMessage", { body: "hi" });
    const connection = await its.gateway.welcomed();
    await connection.acceptSubscription();
    const { ref, ...command } = await connection.expect("command");
    expect(command).toEqual({
      type: "command",
      channel: "room:1",
      command: "postMessage",
      data: { body: "hi" },
    });
    connection.send({ type: "reply", ref, data: { author: "Ann", body: "hi" } });
    expect(await answer).toEqual({ author: "Ann", body: "hi" });
  });

  it("resolves with undefined where the contract has no answer", async () => {
    const answer = room().send("startTyping", {});
    const connection = await its.gateway.welcomed();
    await connection.acceptSubscription();
    const { ref } = await connection.expect("command");
    connection.send({ type: "reply", ref });
    expect(await answer).toBeUndefined();
  });

  it("matches answers that come in another order", async () => {
    const handle = room();
    const answers = ["a", "b"].map((body) => handle.send("postMessage", { body }));
    const connection = await its.gateway.welcomed();
    await connection.acceptSubscription();
    const frames = [await connection.expect("command"), await connection.expect("command")];
    for (const { ref, data } of frames.reverse()) connection.send({ type: "reply", ref, data });
    expect(await Promise.all(answers)).toEqual([{ body: "a" }, { body: "b" }]);
  });

  it("rejects with the gateway's code, sentence and issues", async () => {
    const answer = room().send("postMessage", { body: "" });
    const failed = answer.catch((error: unknown) => error);
    const connection = await its.gateway.welcomed();
    await connection.acceptSubscription();
    const { ref } = await connection.expect("command");
    const issues = [{ path: ["body"], code: "too_small", message: "Too small" }];
    connection.send({ type: "error", ref, code: "invalid_input", message: "body: Too small", issues });
    const error = await failed;
    expect(error).toBeInstanceOf(RealtimeError);
    expect(error).toMatchObject({ code: "invalid_input", message: "body: Too small", issues });
  });

  it("rejects where the subscription is refused, and sends nothing", async () => {
    const answer = expect(room().send("startTyping", {})).rejects.toMatchObject({ code: "forbidden" });
    const connection = await its.gateway.welcomed();
    const { ref } = await connection.expect("subscribe");
    connection.send({ type: "error", ref, code: "forbidden", message: "No." });
    await answer;
    expect(connection.frames.size).toBe(0);
  });

  it("rejects when the connection dies before the answer, and is not sent again", async () => {
    const handle = room();
    const answer = expect(handle.send("postMessage", { body: "once" })).rejects.toMatchObject({
      code: "disconnected",
    });
    handle.on("typing", () => {});
    const first = await its.gateway.welcomed();
    await first.acceptSubscription();
    await first.expect("command");
    first.terminate();
    await answer;
    const second = await its.gateway.welcomed();
    await second.acceptSubscription();
    void handle.send("startTyping", {}).catch(() => {});
    expect(await second.expect("command")).toMatchObject({ command: "startTyping" });
  });

  it("waits for a connection that is away, within its timeout", async () => {
    const handle = room();
    handle.on("typing", () => {});
    const first = await its.gateway.welcomed();
    await first.acceptSubscription();
    first.terminate();
    await reached(its.realtime, "reconnecting");
    const answer = handle.send("postMessage", { body: "later" });
    const second = await its.gateway.welcomed();
    await second.acceptSubscription();
    const { ref } = await second.expect("command");
    second.send({ type: "reply", ref, data: { author: "Ann", body: "later" } });
    expect(await answer).toMatchObject({ author: "Ann" });
  });

  it("rejects where there is no answer in time, and never sends what was not sent by then", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const handle = room();
    const unsent = expect(
      handle.send("postMessage", { body: "unsent" }, { timeout: 5_000 }),
    ).rejects.toMatchObject({
      code: "timeout",
    });
    const connection = await its.gateway.welcomed();
    vi.advanceTimersByTime(5_000);
    await unsent;
    const unanswered = expect(handle.send("startTyping", {})).rejects.toMatchObject({
      code: "timeout",
      message: "startTyping was not answered within 10000 ms.",
    });
    await connection.acceptSubscription();
    const { command, ref } = await connection.expect("command");
    expect(command).toBe("startTyping");
    vi.advanceTimersByTime(10_000);
    await unanswered;
    connection.send({ type: "reply", ref });
    expect(connection.frames.size).toBe(0);
  });

  it("rejects with the signal's reason", async () => {
    const handle = room();
    await expect(handle.send("startTyping", {}, { signal: AbortSignal.abort("early") })).rejects.toBe(
      "early",
    );
    expect(its.realtime.status).toBe("idle");
    const abort = new AbortController();
    const answer = expect(handle.send("startTyping", {}, { signal: abort.signal })).rejects.toBe("late");
    const connection = await its.gateway.welcomed();
    await connection.acceptSubscription();
    await connection.expect("command");
    abort.abort("late");
    await answer;
  });

  it("rejects when the handle is closed", async () => {
    const handle = room();
    const answer = expect(handle.send("startTyping", {})).rejects.toMatchObject({ code: "closed" });
    handle.close();
    await answer;
    await expect(handle.send("startTyping", {})).rejects.toMatchObject({ code: "closed" });
  });

  it("rejects, without asking the gateway, what it could not take", async () => {
    const handle = room();
    // @ts-expect-error: the types say so too
    await expect(handle.send("drop", {})).rejects.toMatchObject({ code: "unknown_command" });
    expect(its.realtime.status).toBe("idle");
    const large = expect(handle.send("postMessage", { body: "ä".repeat(33_000) })).rejects.toMatchObject({
      code: "too_large",
    });
    const circular: { body: string; self?: unknown } = { body: "" };
    circular.self = circular;
    const unserializable = expect(handle.send("postMessage", circular)).rejects.toThrow(TypeError);
    const connection = await its.gateway.welcomed();
    await connection.acceptSubscription();
    await large;
    await unserializable;
    expect(connection.frames.size).toBe(0);
  });

  it("bounds how many may wait", async () => {
    const handle = room();
    const ready = handle.ready;
    const connection = await its.gateway.welcomed();
    await connection.acceptSubscription();
    await ready;
    const waiting = Array.from({ length: 1_000 }, () => handle.send("startTyping", {}).catch(() => "waited"));
    await expect(handle.send("startTyping", {})).rejects.toMatchObject({ code: "too_many_requests" });
    its.realtime.close();
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(["waited"]));
  });
});
