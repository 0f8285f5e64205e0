import { describe, expect, it, vi } from "vitest";
import { reached, useClient } from "./in-node.js";
import type { ScriptedConnection } from "./scripted-gateway.js";

const its = useClient();
const room = (roomId = 1) => its.realtime.room({ roomId });

/** Resolves when the gateway has had everything that the client sent before; returns the frames up to then. */
async function framesUntilBarrier(connection: ScriptedConnection): Promise<string[]> {
  its.realtime.thing().on("updated", () => {});
  const types: string[] = [];
  for (;;) {
    const frame = await connection.frames.next();
    if (frame.channel === "thing") return types;
    types.push(`${frame.type} ${frame.channel}`);
  }
}

describe("listeners", () => {
  it("get the events of their channel, with id, time and name", async () => {
    const heard: unknown[] = [];
    const handle = room();
    handle.on("messagePosted", (data, meta) => heard.push(data, meta));
    const connection = await its.gateway.welcomed();
    await connection.acceptSubscription();
    connection.event("room:1", "messagePosted", { body: "hi" });
    connection.event("room:1", "typing", { author: "Ann" });
    await vi.waitFor(() => expect(heard).toHaveLength(2));
    expect(heard).toEqual([{ body: "hi" }, { id: "e1", at: 1_764_000_000_000, channel: "room:1" }]);
  });

  it("of a per-user channel get what the gateway calls by its real name", async () => {
    const heard: string[] = [];
    its.realtime.inbox().on("notified", (notice) => heard.push(notice.title));
    const connection = await its.gateway.welcomed();
    expect(await connection.acceptSubscription("inbox:7")).toBe("inbox:@me");
    connection.event("inbox:8", "notified", { title: "another's" });
    connection.event("inbox:7", "notified", { title: "mine" });
    await vi.waitFor(() => expect(heard).toEqual(["mine"]));
  });

  it("end by what on() returned, by their signal, and after one call with once", async () => {
    const heard: string[] = [];
    const handle = room();
    const signal = new AbortController();
    const off = handle.on("typing", () => heard.push("off"));
    handle.on("typing", () => heard.push("signal"), { signal: signal.signal });
    handle.on("typing", () => heard.push("never"), { signal: AbortSignal.abort() });
    handle.once("typing", () => heard.push("once"));
    handle.on("typing", () => heard.push("always"));
    const connection = await its.gateway.welcomed();
    await connection.acceptSubscription();
    connection.event("room:1", "typing", { author: "Ann" });
    await vi.waitFor(() => expect(heard).toEqual(["off", "signal", "once", "always"]));
    off();
    off();
    signal.abort();
    connection.event("room:1", "typing", { author: "Ann" });
    await vi.waitFor(() => expect(heard.slice(4)).toEqual(["always"]));
  });

  it("are not called any more once one of them has ended another", async () => {
    const heard: string[] = [];
    const handle = room();
    handle.on("typing", () => {
      heard.push("first");
      off();
    });
    const off = handle.on("typing", () => heard.push("second"));
    handle.on("typing", () => heard.push("third"));
    const connection = await its.gateway.welcomed();
    await connection.acceptSubscription();
    connection.event("room:1", "typing", { author: "Ann" });
    await vi.waitFor(() => expect(heard).toEqual(["first", "third"]));
  });

  it("do not keep each other from being called", async () => {
    const reported: unknown[] = [];
    vi.stubGlobal("reportError", (error: unknown) => reported.push(error));
    const heard: string[] = [];
    const handle = room();
    handle.on("typing", () => {
      throw new Error("broken handler");
    });
    handle.on("typing", ({ author }) => heard.push(author));
    const connection = await its.gateway.welcomed();
    await connection.acceptSubscription();
    connection.event("room:1", "typing", { author: "Ann" });
    await vi.waitFor(() => expect(heard).toEqual(["Ann"]));
    expect(reported).toEqual([new Error("broken handler")]);
    vi.unstubAllGlobals();
  });

  it("cannot wait for an event that the contract does not have", () => {
    // @ts-expect-error: the types say so too
    expect(() => room().on("mesagePosted", () => {})).toThrow(
      /no event "mesagePosted"; it has: messagePosted, typing/,
    );
    expect(its.realtime.status).toBe("idle");
  });

  it("are not bothered by an event that this page does not know; it is told once", async () => {
    const heard: string[] = [];
    room().on("typing", ({ author }) => heard.push(author));
    const connection = await its.gateway.welcomed();
    await connection.acceptSubscription();
    connection.event("room:1", "invented", {});
    connection.event("room:1", "invented", {});
    connection.event("room:1", "typing", { author: "Ann" });
    await vi.waitFor(() => expect(heard).toEqual(["Ann"]));
    expect(its.log).toEqual(["signalbox: room:1: this page does not know the event invented."]);
  });

  it("are told of a gap on their channel, and of one on all", async () => {
    const gaps: string[] = [];
    const handles = [room(1), room(2)];
    for (const handle of handles) handle.onGap(({ reason }) => gaps.push(`${handle.name} ${reason}`));
    const connection = await its.gateway.welcomed();
    await connection.acceptSubscription();
    await connection.acceptSubscription();
    connection.send({ type: "gap", channel: "room:2", reason: "broker_reconnected" });
    connection.send({ type: "gap", reason: "broker_reconnected" });
    await vi.waitFor(() => expect(gaps).toHaveLength(3));
    expect(gaps).toEqual([
      "room:2 broker_reconnected",
      "room:1 broker_reconnected",
      "room:2 broker_reconnected",
    ]);
  });
});

describe("a subscription", () => {
  it("is shared by all handles of a channel, and let go of 300 ms after the last has ended", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const handles = [room(), room()];
    const offs = handles.map((handle) => handle.on("typing", () => {}));
    const connection = await its.gateway.welcomed();
    await connection.acceptSubscription();
    await Promise.all(handles.map(({ ready }) => ready));
    offs[0]?.();
    vi.advanceTimersByTime(10_000);
    expect(await framesUntilBarrier(connection)).toEqual([]);
    offs[1]?.();
    vi.advanceTimersByTime(300);
    expect(await connection.expect("unsubscribe")).toMatchObject({ channel: "room:1" });
  });

  it("survives a listener that goes and comes back, as Turbo and StrictMode do", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const first = room();
    const off = first.on("typing", () => {});
    const connection = await its.gateway.welcomed();
    await connection.acceptSubscription();
    await first.ready;
    off();
    expect(first.status).toBe("idle");
    vi.advanceTimersByTime(299);
    const second = room();
    const offAgain = second.on("typing", () => {});
    expect(second.status).toBe("subscribed");
    vi.advanceTimersByTime(1_000);
    expect(await framesUntilBarrier(connection)).toEqual([]);
    offAgain();
    vi.advanceTimersByTime(300);
    expect(await connection.expect("unsubscribe")).toMatchObject({ channel: "room:1" });
  });

  it("is held by ready until the next listener ends", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const handle = room();
    const ready = handle.ready;
    const connection = await its.gateway.welcomed();
    await connection.acceptSubscription();
    await ready;
    vi.advanceTimersByTime(10_000);
    expect(handle.status).toBe("subscribed");
    handle.on("typing", () => {})();
    vi.advanceTimersByTime(300);
    expect(await connection.expect("unsubscribe")).toMatchObject({ channel: "room:1" });
  });

  it("that is refused is told, and not asked for again, not even with the next connection", async () => {
    const handle = room();
    const told: unknown[] = [];
    handle.onStatus((status, error) => told.push([status, error?.code]));
    handle.on("typing", () => {});
    const ready = expect(handle.ready).rejects.toMatchObject({ code: "forbidden", message: "Not for you." });
    const first = await its.gateway.welcomed();
    const { ref } = await first.expect("subscribe");
    first.send({ type: "error", ref, code: "forbidden", message: "Not for you." });
    await ready;
    expect(told).toEqual([
      ["pending", undefined],
      ["refused", "forbidden"],
    ]);
    expect(its.log).toEqual(["signalbox: room:1: forbidden: Not for you."]);
    expect(await framesUntilBarrier(first)).toEqual([]);
    first.terminate();
    const second = await its.gateway.welcomed();
    expect(await second.acceptSubscription()).toBe("thing");
    expect(second.frames.size).toBe(0);
    expect(handle.status).toBe("refused");

    // Whoever asks for it explicitly asks anew.
    const again = handle.ready;
    expect(await second.acceptSubscription()).toBe("room:1");
    await again;
  });

  it("that cannot be had for the moment is asked for again", async () => {
    const handle = room();
    handle.on("typing", () => {});
    const connection = await its.gateway.welcomed();
    for (const code of ["unavailable", "too_many_requests"]) {
      const { ref } = await connection.expect("subscribe");
      connection.send({ type: "error", ref, code, message: "Later." });
    }
    expect(handle.status).toBe("pending");
    await connection.acceptSubscription();
    await handle.ready;
  });

  it("that the gateway takes back is refused", async () => {
    const handle = room();
    const ready = handle.ready;
    const connection = await its.gateway.welcomed();
    await connection.acceptSubscription();
    await ready;
    const refused = new Promise((resolve) =>
      handle.onStatus((status, error) => resolve([status, error?.code])),
    );
    connection.send({ type: "unsubscribed", channel: "room:1" });
    expect(await refused).toEqual(["refused", "unsubscribed"]);
  });

  it("is asked for by whoever comes after a handle was closed", async () => {
    const handle = room();
    const heard: string[] = [];
    handle.on("typing", () => heard.push("closed"));
    const other = room();
    other.on("typing", () => heard.push("other"));
    const connection = await its.gateway.welcomed();
    await connection.acceptSubscription();
    await other.ready;
    handle.close();
    expect(handle.status).toBe("closed");
    expect(() => handle.on("typing", () => {})).toThrow(expect.objectContaining({ code: "closed" }));
    await expect(handle.ready).rejects.toMatchObject({ code: "closed" });
    connection.event("room:1", "typing", { author: "Ann" });
    await vi.waitFor(() => expect(heard).toEqual(["other"]));
  });

  it("that lingers when the connection is lost is not asked for again", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const off = room().on("typing", () => {});
    const first = await its.gateway.welcomed();
    await first.acceptSubscription();
    await framesUntilBarrier(first);
    off();
    first.terminate();
    await reached(its.realtime, "reconnecting");
    vi.advanceTimersByTime(300);
    const second = await its.gateway.welcomed();
    expect(await second.acceptSubscription()).toBe("thing");
    expect(second.frames.size).toBe(0);
  });
});

describe("a for await loop", () => {
  it("takes events as they come, and lets go when it is left", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const bodies: string[] = [];
    const messages = room().events("messagePosted");
    const connection = await its.gateway.welcomed();
    await connection.acceptSubscription();
    for (const body of ["a", "b", "c"]) connection.event("room:1", "messagePosted", { body });
    for await (const { body } of messages) {
      bodies.push(body);
      if (body === "b") break;
    }
    expect(bodies).toEqual(["a", "b"]);
    vi.advanceTimersByTime(300);
    await connection.expect("unsubscribe");
  });

  it("ends with its signal, with the handle, and with the client", async () => {
    const end = new AbortController();
    const handle = room();
    const loops = [
      handle.events("typing", { signal: end.signal }).next(),
      handle.events("typing", { signal: AbortSignal.abort() }).next(),
      handle.events("typing").next(),
      room(2).events("typing").next(),
    ];
    end.abort();
    handle.close();
    its.realtime.close();
    const over = { done: true, value: undefined };
    expect(await Promise.all(loops)).toEqual([over, over, over, over]);
  });

  it("throws where the subscription is refused", async () => {
    const handle = room();
    handle.on("typing", () => {});
    const next = expect(handle.events("typing").next()).rejects.toMatchObject({ code: "unknown_channel" });
    const connection = await its.gateway.welcomed();
    const { ref } = await connection.expect("subscribe");
    connection.send({ type: "error", ref, code: "unknown_channel", message: "No such channel." });
    await next;
    await expect(handle.events("typing").next()).rejects.toMatchObject({ code: "unknown_channel" });
  });

  it("throws where it falls behind its buffer, after what it had", async () => {
    const messages = room().events("messagePosted", { buffer: 2 });
    const connection = await its.gateway.welcomed();
    await connection.acceptSubscription();
    for (const body of ["a", "b", "c"]) connection.event("room:1", "messagePosted", { body });
    await framesUntilBarrier(connection);
    await connection.expect("unsubscribe");
    const bodies: string[] = [];
    const run = async () => {
      for await (const { body } of messages) bodies.push(body);
    };
    await expect(run()).rejects.toMatchObject({ code: "buffer_full" });
    expect(bodies).toEqual(["a", "b"]);
  });
});
