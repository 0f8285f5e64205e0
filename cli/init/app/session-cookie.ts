import { join } from "node:path";
import { filesBelow, readIfFile } from "../files/read.js";
import { type RailsApp, writesOldCookies } from "./rails-app.js";
import { underscore, withoutComments } from "./ruby-source.js";

/** The cookie in which Rails keeps the session, for the gateway to read. */
export interface SessionCookie {
  readonly name: string;
  /** `config.load_defaults` where the gateway must know it: below 7.0 other keys are derived. */
  readonly loadDefaults: string | null;
  /** What somebody has to see to, a sentence each. */
  readonly doubts: readonly string[];
}

/** Read off what configures it; what cannot be read off is told as a doubt. */
export function sessionCookie(app: RailsApp): SessionCookie {
  const production = sessionStore(app, "production");
  const development = sessionStore(app, "development");
  const usual = defaultName(app.className);
  const name = production.name ?? usual;
  const nameInDevelopment = development.name ?? usual;
  const doubts = storeDoubts(production);
  if (production.name === null) {
    doubts.push(
      `${production.file} computes the session's key: write what it is into gateway.ts, as sessionCookie.name.`,
    );
  } else if (name !== nameInDevelopment) {
    doubts.push(
      `The session's cookie is ${name} in production and ${nameInDevelopment} in development: for the latter, put SESSION_KEY=${nameInDevelopment} into .env.`,
    );
  }
  return { name, loadDefaults: writesOldCookies(app) ? app.loadDefaults : null, doubts };
}

interface SessionStore {
  readonly file: string;
  /** `null` where it is not a symbol, as a class of the application's own. */
  readonly store: string | null;
  /** The cookie's; `null` where it is computed. */
  readonly name: string | null;
}

/** The last call that Rails comes by in an environment decides. */
function sessionStore({ root, className }: RailsApp, environment: string): SessionStore {
  const files = [
    "config/application.rb",
    `config/environments/${environment}.rb`,
    ...filesBelow(root, "config/initializers").filter((file) => file.endsWith(".rb")),
  ];
  const calls = files.flatMap((file) => callsIn(file, withoutComments(readIfFile(join(root, file)) ?? "")));
  return (
    calls.at(-1) ?? { file: "config/application.rb", store: "cookie_store", name: defaultName(className) }
  );
}

/** A call goes on after a line that ends with a comma. */
function callsIn(file: string, source: string): readonly SessionStore[] {
  const calls = source.matchAll(/\bsession_store[ \t(]+((?:[^\n]*,[ \t]*\r?\n)*[^\n]*)/g);
  return [...calls].map(([, call = ""]) => ({
    file,
    store: /^:(\w+)/.exec(call)?.[1] ?? null,
    name: nameIn(call),
  }));
}

/** A literal, or the one beside `ENV.fetch`: the gateway takes a variable of the same name. */
function nameIn(call: string): string | null {
  const value = /(?:\bkey:|:key\s*=>)\s*(.+)/s.exec(call)?.[1];
  // Without a key, the application's own default does not count (`Session::Compatibility` of actionpack).
  if (value === undefined) return call.includes("**") ? null : "_session_id";
  const literal = /^(?:ENV\.fetch\(\s*["']SESSION_KEY["']\s*,\s*)?(?:"([^"#\\]+)"|'([^'\\]+)')/.exec(value);
  return literal?.[1] ?? literal?.[2] ?? null;
}

function storeDoubts({ file, store }: SessionStore): string[] {
  switch (store) {
    case "cookie_store":
      return [];
    case "disabled":
      return [`${file} turns sessions off: nobody is signed in for the gateway.`];
    case null:
      return [
        `${file} keeps sessions in a store of its own: the gateway reads only those in the cookie itself (docs/cookies.md).`,
      ];
    default:
      return [
        `${file} keeps sessions in ${store}, where the gateway cannot read them: it reads only those in the cookie itself (docs/cookies.md). Nobody is signed in for it.`,
      ];
  }
}

/**
 * As Rails makes it of the application's class: `_shop_session` of `Shop::Application`
 * (`setup_default_session_store` of railties).
 */
export function defaultName(className: string): string {
  const name = className.split("::").map(underscore).join("_");
  return `_${name.replace(/_application$/, "")}_session`;
}
