import { join } from "node:path";
import { withoutComments } from "../app/ruby-source.js";
import { filesBelow, readIfFile } from "../files/read.js";
import type { FileStep, Plan } from "../step.js";

/** `gateway.ts`. Somebody's own once it is there; but a Devise that came later than it would leave everybody signed out. */
export function gatewayStep(plan: Plan): FileStep {
  const { app, layout } = plan;
  const path = layout.gateway;
  return {
    kind: "file",
    path,
    content: gatewayFile(plan),
    edit(text) {
      const code = text.replace(/^\s*\/\/.*$/gm, "");
      if (!app.gems.has("devise") || !/\bsession\(\s*["']user_id["']/.test(code) || writesUserId(app.root))
        return text;
      const where =
        'in the place of session("user_id"), which Devise does not write, so that nobody is signed in for the gateway';
      return { kind: "by hand", path, where, lines: [...deviseIdentify.split("\n"), "", ...inDefinition] };
    },
  };
}

const inDefinition = [
  "export default defineGateway({",
  "  // … what is there, and then",
  "  identify,",
  "});",
];

/** As an application does that hands Devise's user on in a session key of its own. */
function writesUserId(root: string): boolean {
  return ["app", "config", "lib"]
    .flatMap((folder) => filesBelow(root, folder))
    .filter((file) => file.endsWith(".rb"))
    .some((file) => /\bsession\[(?::user_id|["']user_id["'])\]\s*(?:\|\|)?=(?!=)/.test(source(root, file)));
}

const source = (root: string, file: string) => withoutComments(readIfFile(join(root, file)) ?? "");

function gatewayFile({ app, cookie }: Plan): string {
  const { name, loadDefaults } = cookie;
  const defaults = loadDefaults === null ? "" : `, loadDefaults: ${JSON.stringify(loadDefaults)}`;
  const options = `  // Pages that may connect besides those of the gateway's own host: "https://app.example". In development, all of
  // localhost may.
  origins: [],
  // The cookie in which Rails keeps the session. SESSION_KEY in the environment goes before it.
  sessionCookie: { name: ${JSON.stringify(name)}${defaults} },`;
  return app.gems.has("devise") ? deviseGateway(options) : sessionGateway(options);
}

const sessionGateway = (options: string) => `import { defineGateway, session } from "signalbox/gateway";

export default defineGateway({
${options}
  // Who is connected, by what sign-in wrote into the session: session[:user_id] = user.id
  identify: session("user_id"),
});
`;

/** Also in `docs/cookies.md`, for whoever adds Devise later. */
const deviseIdentify = `import { defineGateway, type HandshakeRequest } from "signalbox/gateway";
import { z } from "zod";

/** What Devise keeps in the session for a signed-in user: the id, and the beginning of the password's hash. */
const DeviseKey = z.tuple([z.tuple([z.union([z.int(), z.string()])]), z.string().nullable()]);

/** Who is connected. For another Devise scope than "user", change the key. */
function identify({ session }: HandshakeRequest) {
  const key = DeviseKey.safeParse(session?.["warden.user.user.key"]);
  return key.success ? { id: String(key.data[0][0]) } : null;
}`;

const deviseGateway = (options: string) => `${deviseIdentify}

export default defineGateway({
${options}
  identify,
});
`;
