import { posix } from "node:path";
import { CommandError } from "../../errors.js";
import { readIfFile } from "../files/read.js";
import type { RailsApp } from "./rails-app.js";

export const javascriptKinds = ["importmap", "jsbundling", "vite", "none"] as const;

/** What brings JavaScript to the application's pages. `none`: its pages are made elsewhere, as with an API. */
export type JavascriptKind = (typeof javascriptKinds)[number];

const gemOf = { importmap: "importmap-rails", jsbundling: "jsbundling-rails", vite: "vite_rails" } as const;

/**
 * @param wanted what `--js` says; it goes before what the Gemfile has
 * @throws CommandError where the Gemfile has none of the gems, or more than one
 */
export function javascriptKind(app: RailsApp, wanted: JavascriptKind | undefined): JavascriptKind {
  if (wanted !== undefined) return wanted;
  if (app.apiOnly) return "none";
  const found = (["importmap", "jsbundling", "vite"] as const).filter((kind) => app.gems.has(gemOf[kind]));
  const [kind] = found;
  if (kind !== undefined && found.length === 1) return kind;
  const gems = found.map((each) => gemOf[each]).join(" and ");
  const why =
    found.length > 1
      ? `Gemfile and Gemfile.lock have ${gems}: say which of them brings the realtime client to the pages`
      : "The Gemfile has none of importmap-rails, jsbundling-rails and vite_rails: say how JavaScript comes to the pages";
  const choices = (found.length > 1 ? found : javascriptKinds).join(", or ");
  throw new CommandError(
    `${why}, with --js ${choices}.${found.length > 1 ? "" : " (none: the pages are made elsewhere.)"}`,
  );
}

/** Where the browser client goes. @throws CommandError for a vite.json that names no folder of the application */
export function clientFolder(app: RailsApp, kind: JavascriptKind): string {
  switch (kind) {
    case "importmap":
    case "jsbundling":
      return "app/javascript/realtime";
    case "vite":
      return posix.join(sourceCodeDir(app.root), "realtime");
    case "none":
      return "realtime/client";
    default:
      return kind satisfies never;
  }
}

/** How a page's script imports the client, and which scripts a page has, the likeliest first. */
export function clientImport(
  kind: JavascriptKind,
  folder: string,
): { readonly specifier: string; readonly files: readonly [string, ...string[]] } {
  switch (kind) {
    case "importmap":
      return { specifier: "realtime", files: ["app/javascript/application.js"] };
    case "jsbundling":
      return { specifier: "./realtime/realtime.js", files: scriptsIn("app/javascript") };
    case "vite":
      return { specifier: "~/realtime/realtime.js", files: scriptsIn(posix.join(folder, "../entrypoints")) };
    case "none":
      return { specifier: posix.join("/", folder, "realtime.js").slice(1), files: ["the pages' script"] };
    default:
      return kind satisfies never;
  }
}

function scriptsIn(folder: string): readonly [string, ...string[]] {
  return [`${folder}/application.js`, `${folder}/application.ts`, `${folder}/application.tsx`];
}

function sourceCodeDir(root: string): string {
  const text = readIfFile(posix.join(root, "config/vite.json"));
  const folder = text === null ? undefined : sourceCodeDirIn(text);
  if (folder === undefined) return "app/frontend";
  const path = posix.normalize(folder);
  if (posix.isAbsolute(path) || path.startsWith("..") || path === ".") {
    throw new CommandError(
      `config/vite.json: sourceCodeDir is ${folder}, which is no folder of this application.`,
    );
  }
  return path;
}

function sourceCodeDirIn(text: string): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    throw new CommandError("config/vite.json is no JSON.");
  }
  const all = property(value, "all");
  const folder = property(all, "sourceCodeDir");
  return typeof folder === "string" && folder !== "" ? folder : undefined;
}

function property(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}
