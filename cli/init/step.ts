import type { JavascriptKind } from "./app/javascript.js";
import type { PackageManager } from "./app/packages.js";
import type { RailsApp } from "./app/rails-app.js";
import type { SessionCookie } from "./app/session-cookie.js";

/** All that the steps depend on. Paths are relative to the application, with `/`. */
export interface Plan {
  readonly app: RailsApp;
  readonly javascript: JavascriptKind;
  readonly packageManager: PackageManager;
  readonly cookie: SessionCookie;
  /** What somebody has to know or to see to, a sentence each. */
  readonly doubts: readonly string[];
  /** As `signalbox.config.ts` has them, or will have them. */
  readonly layout: ProjectLayout;
}

export interface ProjectLayout {
  readonly schema: string;
  readonly handlers: string;
  readonly gateway: string;
  readonly rubyModule: string;
  readonly outputs: {
    readonly ruby: string;
    readonly rubyRuntime: string;
    readonly rbs?: string | undefined;
    readonly client?: string | undefined;
    readonly server: string;
    readonly docs?: string | undefined;
  };
}

/** Lines that somebody has to add, because no rule says where they belong, or what they replace. */
export interface ByHand {
  readonly kind: "by hand";
  readonly path: string;
  /** The place in the file, after its path, and why: a part of a sentence. */
  readonly where: string;
  readonly lines: readonly string[];
}

/** One file, and what it needs. */
export interface FileStep {
  readonly kind: "file";
  readonly path: string;
  /** What to make it with where it is not there; `null` leaves it so. */
  readonly content: string | null;
  readonly executable?: true;
  /** What does not work where the change is refused, a part of a sentence; absent where everything does. */
  readonly without?: string;
  /**
   * @param text what is there
   * @returns it with what it lacked; itself where it lacked nothing
   */
  edit(text: string): string | ByHand;
}

export type Step = FileStep | ByHand;

/** For files that are somebody's own once they are there. */
export const keep = (text: string): string => text;
