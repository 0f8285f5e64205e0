import { addedLines } from "./diff.js";
import { readTarget } from "./files/target.js";
import type { ByHand, FileStep, Step } from "./step.js";

/** What a step comes to, with the disk as it is. */
export type Change =
  | { readonly kind: "create"; readonly path: string; readonly content: string; readonly executable: boolean }
  | {
      readonly kind: "edit";
      readonly path: string;
      readonly before: string;
      readonly after: string;
      readonly without: string | null;
    }
  | ByHand;

/** Compares one step with the disk. @returns `null` where nothing is to be done */
export function changeOf(root: string, step: Step): Change | null {
  if (step.kind === "by hand") return step;
  const { path, content } = step;
  const target = readTarget(root, path);
  switch (target.kind) {
    case "absent":
      return content === null
        ? null
        : { kind: "create", path, content, executable: step.executable ?? false };
    case "unreadable":
      return refused(step, target.refusal, (content ?? "").trimEnd().split("\n"));
    case "text": {
      const after = step.edit(target.text);
      if (typeof after !== "string") return after;
      if (after === target.text) return null;
      if (target.refusal !== null) return refused(step, target.refusal, addedLines(target.text, after));
      return { kind: "edit", path, before: target.text, after, without: step.without ?? null };
    }
    default:
      return target satisfies never;
  }
}

function refused({ path }: FileStep, refusal: string, lines: readonly string[]): ByHand {
  return { kind: "by hand", path, where: `by hand, because ${refusal}`, lines };
}
