import { join } from "node:path";
import { filesBelow, readIfFile } from "../files/read.js";
import { isOlder, type RailsApp } from "./rails-app.js";
import { underscore, withoutComments } from "./ruby-source.js";

/** The cookie in which Rails keeps the session, for the gateway to read. */
export interface SessionCookie {
  readonly name: string;
  /** `config.load_defaults` where the gateway must know it: below 7.0 other keys are derived. */
  readonly loadDefaults: string | null;
  /** What somebody has to see to, a sentence each. */
  readonly doubts: readonly string[];
}

/** Names and stores as `config.session_store` sets them; what runs later goes before, so all that there is is compared. */
export function sessionCookie(app: RailsApp): SessionCookie {
  const settings = sessionStores(app.root);
  const stores = settings.filter(({ store }) => store !== null && store !== "cookie_store");
  const doubts = stores.map(({ file, store }) =>
    store === "disabled"
      ? `${file} turns sessions off, so nobody is signed in for the gateway.`
      : `${file} keeps sessions in ${store}: the gateway reads only those in the cookie itself (docs/cookies.md), so that nobody is signed in for it.`,
  );
  const named = settings.filter(({ key }) => key.kind !== "default");
  const names = [...new Set(named.flatMap(({ key }) => (key.kind === "literal" ? [key.name] : [])))];
  const [name = defaultName(app.className)] = names;
  const computed = named.find(({ key }) => key.kind === "computed");
  if (computed !== undefined) {
    doubts.push(
      `${computed.file} computes the session's key: write what it is as sessionCookie.name into gateway.ts.`,
    );
  } else if (names.length > 1) {
    const places = named.map(({ file }) => file).join(" and ");
    doubts.push(
      `${places} name the session's key differently: gateway.ts has ${name}, SESSION_KEY in the environment goes before it.`,
    );
  }
  const { loadDefaults } = app;
  return {
    name,
    loadDefaults: loadDefaults !== null && isOlder(loadDefaults, "7.0") ? loadDefaults : null,
    doubts,
  };
}

type Key = { readonly kind: "default" | "computed" } | { readonly kind: "literal"; readonly name: string };

interface SessionStore {
  readonly file: string;
  /** `null` where it is not a symbol, as a class of the application's own. */
  readonly store: string | null;
  readonly key: Key;
}

function sessionStores(root: string): readonly SessionStore[] {
  const files = [
    "config/application.rb",
    ...filesBelow(root, "config/environments"),
    ...filesBelow(root, "config/initializers"),
  ];
  return files
    .filter((file) => file.endsWith(".rb"))
    .flatMap((file) => {
      const source = withoutComments(readIfFile(join(root, file)) ?? "");
      // A call goes on after a line that ends with a comma.
      return [...source.matchAll(/\bsession_store[ \t(]+((?:[^\n]*,[ \t]*\r?\n)*[^\n]*)/g)].map(
        ([, call = ""]) => ({ file, store: /^:(\w+)/.exec(call)?.[1] ?? null, key: keyIn(call) }),
      );
    });
}

/** A literal, or the one beside `ENV.fetch`: the gateway takes a variable of the same name. */
function keyIn(call: string): Key {
  const value = /(?:\bkey:|:key\s*=>)\s*(.+)/s.exec(call)?.[1];
  if (value === undefined) return { kind: "default" };
  const literal = /^(?:ENV\.fetch\(\s*["']SESSION_KEY["']\s*,\s*)?(?:"([^"#\\]+)"|'([^'\\]+)')/.exec(value);
  const name = literal?.[1] ?? literal?.[2];
  return name === undefined ? { kind: "computed" } : { kind: "literal", name };
}

/**
 * As Rails makes it of the application's class: `_shop_session` of `Shop::Application`
 * (`setup_default_session_store` of railties, and `underscore` of Active Support).
 */
export function defaultName(className: string): string {
  const name = className.split("::").map(underscore).join("_");
  return `_${name.replace(/_application$/, "")}_session`;
}
