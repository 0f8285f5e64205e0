import { channel } from "signalbox";
import { z } from "zod";

export const Rank = z
  .enum(["bronze", "silver", "gold"])
  .meta({ id: "Rank", description: "How good somebody is." });

export interface FriendShape {
  name: string;
  friends?: FriendShape[] | undefined;
}
export const Friend: z.ZodType<FriendShape, FriendShape> = z.object({
  name: z.string(),
  get friends() {
    return z.array(Friend).optional();
  },
});

export const lobby = channel("lobby", {
  access: "session",
  delivery: "ephemeral",
  events: {
    queue: z.object({
      waiting: z.partialRecord(Rank, z.int().min(0)),
      estimate: z.number().min(0).nullable(),
    }),
    matched: z.object({
      region: z.enum(["eu", "us", "ap"]),
      matchId: z.uuid(),
      map: z.tuple([z.string(), z.int(), z.int()]),
    }),
  },
  commands: {
    join: {
      input: z.object({ rank: Rank, party: z.array(z.string()).max(4).default([]) }),
      output: z.object({ position: z.int().min(1) }),
    },
    leave: { input: z.object({}) },
  },
});

export const party = channel("party:{userId}", {
  params: { userId: z.int() },
  perUser: "userId",
  access: "session",
  delivery: "ephemeral",
  events: {
    invited: z.object({ by: Friend, expires: z.iso.datetime() }),
    loadout: z.object({ slots: z.array(z.string().nullable()).length(6) }),
  },
});
