import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { filesBelow, readIfFile } from "../files/read.js";
import type { ProjectLayout } from "../step.js";
import type { JavascriptKind } from "./javascript.js";
import { type RailsApp, writesOldCookies } from "./rails-app.js";
import { withoutComments } from "./ruby-source.js";

/** What somebody should know of an application before wondering why something does not work, a sentence each. */
export function doubtsOf(
  app: RailsApp,
  javascript: JavascriptKind,
  outputs: ProjectLayout["outputs"],
): readonly string[] {
  const { client } = outputs;
  return [
    ...apiDoubts(app),
    ...serializerDoubts(app),
    ...authenticationDoubts(app.root),
    ...typescriptDoubts(app.root),
    ...ignoredDoubts(app.root, outputs),
    ...(javascript === "none" && client !== undefined
      ? [
          `No page gets the browser client by itself. It is in ${client}; outputs.client of signalbox.config.ts says where.`,
        ]
      : []),
  ];
}

function apiDoubts({ apiOnly }: RailsApp): string[] {
  if (!apiOnly) return [];
  return [
    "This is an API: Rails writes no session unless its middleware is added, so that nobody is signed in for the gateway. identify in gateway.ts decides who is.",
  ];
}

/** Where nobody says otherwise, Rails goes by `load_defaults`. */
function serializerDoubts(app: RailsApp): string[] {
  const { root } = app;
  const files = ["config/application.rb", ...filesBelow(root, "config/initializers")];
  const set = files
    .map((file) => withoutComments(readIfFile(join(root, file)) ?? ""))
    .flatMap((source) => [...source.matchAll(/\bcookies_serializer\s*=\s*:(\w+)/g)].map(([, name]) => name))
    .at(-1);
  const serializer = set ?? (writesOldCookies(app) ? "marshal" : "json");
  if (serializer === "json" || serializer === "hybrid") return [];
  return [
    `Rails writes its cookies with ${serializer}, which the gateway does not read: set config.action_dispatch.cookies_serializer = :hybrid, and later :json.`,
  ];
}

/** What Rails 8 makes with `bin/rails generate authentication` knows its users by a row, not by the session. */
function authenticationDoubts(root: string): string[] {
  const file = "app/controllers/concerns/authentication.rb";
  const source = withoutComments(readIfFile(join(root, file)) ?? "");
  if (!/\bcookies\.signed\b.*\bsession_id\b/.test(source) || /\bsession\[:user_id\]/.test(source)) return [];
  return [
    `${file} keeps sessions in the database, where the gateway cannot read them: add session[:user_id] = user.id to start_new_session_for, and reset_session to terminate_session.`,
  ];
}

/** A tsconfig.json that takes in all there is checks the contract by the rules of the pages' scripts, too. */
function typescriptDoubts(root: string): string[] {
  const text = readIfFile(join(root, "tsconfig.json"))?.replace(/^\s*\/\/.*$/gm, "");
  if (text === undefined || /"(?:include|files)"\s*:/.test(text)) return [];
  return [
    'tsconfig.json takes in realtime/ and signalbox.config.ts: add both to its "exclude", they have realtime/tsconfig.json.',
  ];
}

/** Rails needs some of what is generated where it is deployed, and gets it with the repository. */
function ignoredDoubts(root: string, outputs: ProjectLayout["outputs"]): string[] {
  const paths = Object.values(outputs).filter((path) => path !== undefined);
  // Without git, or outside of a repository, it prints nothing.
  const { stdout } = spawnSync("git", ["check-ignore", "--", ...paths], { cwd: root, encoding: "utf8" });
  const ignored = (stdout ?? "")
    .trim()
    .split("\n")
    .filter((path) => path !== "");
  if (ignored.length === 0) return [];
  return [`git ignores ${ignored.join(" and ")}: let it in, because it has to be committed and deployed.`];
}
