import { channel } from "signalbox";
import { z } from "zod";

export const Vector = z.object({ x: z.number(), y: z.number(), z: z.number().default(0) });
export const EntityId = z.int32().min(1);

const moving = { id: EntityId, position: Vector, heading: z.number().min(0).lt(360) };
export const Player = z.object({
  kind: z.literal("player"),
  ...moving,
  name: z.string().trim().min(3).max(16),
  health: z.int().min(0).max(100),
  team: z.enum(["red", "blue"]).nullable(),
});
export const Monster = z.object({
  kind: z.literal("monster"),
  ...moving,
  species: z.string(),
  hostile: z.boolean().default(true),
});
export const Projectile = z.object({
  kind: z.literal("projectile"),
  ...moving,
  velocity: Vector,
  owner: EntityId,
});
export const Entity = z.discriminatedUnion("kind", [Player, Monster, Projectile]);

export const Effect = z.union([
  z.literal("burning"),
  z.literal("frozen"),
  z.object({ slowed: z.number().gt(0).lt(1) }),
]);

export const match = channel("match:{region}:{matchId}", {
  params: { region: z.enum(["eu", "us", "ap"]), matchId: z.uuid() },
  access: "custom",
  delivery: "ephemeral",
  presence: z.object({ name: z.string(), ping: z.int().min(0) }),
  description: "One running match: twenty ticks a second.",
  events: {
    tick: z.object({ n: z.int().min(0), entities: z.array(Entity).max(500), removed: z.array(EntityId) }),
    effect: z.object({ on: EntityId, effects: z.array(Effect).max(8), for: z.number().min(0) }),
    killed: z.object({ victim: EntityId, by: EntityId.nullable(), weapon: z.string().optional() }),
    score: z.record(z.enum(["red", "blue"]), z.int().min(0)),
    end: z.object({ winner: z.enum(["red", "blue"]).nullable(), seconds: z.number() }),
  },
  commands: {
    move: { input: z.object({ seq: z.int().min(0), direction: Vector, jump: z.boolean().default(false) }) },
    fire: {
      input: z.object({ seq: z.int().min(0), at: Vector, weapon: z.enum(["bow", "staff"]) }),
      output: z.object({ hit: EntityId.nullable(), damage: z.int().min(0) }),
    },
    say: { input: z.string().trim().min(1).max(120) },
  },
});
