/** `signalbox init` in applications that `rails new` made: what it makes, and that Rails and its tools take it. */
import { spawnSync } from "node:child_process";
import { chmodSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { bundleExec, root as repository } from "../support/ruby.js";
import { type RailsAppCopy, RailsApps } from "./rails-app.js";

// Each test starts several processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const apps = new RailsApps();
afterAll(() => apps.delete());

const generated =
  /^(?:app\/events|app\/(?:javascript|frontend)\/realtime|realtime\/generated|sig|vendor\/signalbox)\//;

/** As jsbundling's installer leaves an application. */
function installJsbundling(app: RailsAppCopy): void {
  app.write("Procfile.dev", "web: env RUBY_DEBUG_OPEN=true bin/rails server\njs: yarn build --watch\n");
  app.write("bin/dev", '#!/usr/bin/env sh\nexec foreman start -f Procfile.dev --env /dev/null "$@"\n');
  app.write("app/javascript/application.ts", "");
  app.write(
    "package.json",
    '{\n    "name": "app",\n    "devDependencies": {\n        "vitest": "^4"\n    }\n}\n',
  );
}

/** As vite_rails' installer does. */
function installVite(app: RailsAppCopy): void {
  app.change("Gemfile", /$/, '\ngem "vite_rails"\n');
  app.write("Procfile.dev", "\nvite: bin/vite dev\nweb: bin/rails s\n");
  app.write("config/vite.json", '{ "all": { "sourceCodeDir": "app/client", "watchAdditionalPaths": [] } }\n');
  app.write("package.json", '{\n\t"private": true,\n\t"type": "module"\n}');
}

const gateway =
  'gateway: test -x node_modules/.bin/signalbox || { echo "There is no node_modules/.bin/signalbox yet: run npm install"; exit 1; }; exec node_modules/.bin/signalbox dev --port 8081';

const kinds = [
  {
    kind: "importmap",
    options: [],
    install: (app: RailsAppCopy) => app.write("config/importmap.rb", 'pin "application"\n'),
    client: "app/javascript/realtime",
    edited: ["bin/setup", "config/importmap.rb"],
    manifest:
      '{\n  "dependencies": {\n    "signalbox": "^0.1.0",\n    "zod": "~4.6.7"\n  },\n  "devDependencies": {\n    "@types/node": "^20",\n    "typescript": "^6.0.3"\n  }\n}\n',
    added: ["Procfile.dev", "bin/dev"],
    procfile: `web: bin/rails server\n${gateway}\n`,
    listens: 'app/javascript/application.js: import { realtime } from "realtime";',
  },
  {
    kind: "jsbundling",
    options: ["-j", "esbuild"],
    install: installJsbundling,
    client: "app/javascript/realtime",
    edited: ["Procfile.dev"], // Rails has written the line of bin/setup itself
    manifest:
      '{\n    "name": "app",\n    "devDependencies": {\n        "@types/node": "^20",\n        "typescript": "^6.0.3",\n        "vitest": "^4"\n    }\n}\n',
    added: [],
    procfile: `web: env RUBY_DEBUG_OPEN=true bin/rails server\njs: yarn build --watch\n${gateway}\n`,
    listens: 'app/javascript/application.ts: import { realtime } from "./realtime/realtime.js";',
  },
  {
    kind: "vite",
    options: ["--skip-javascript"],
    install: installVite,
    client: "app/client/realtime",
    edited: ["Procfile.dev", "bin/setup"],
    manifest:
      '{\n\t"private": true,\n\t"type": "module",\n\t"devDependencies": {\n\t\t"@types/node": "^20",\n\t\t"typescript": "^6.0.3"\n\t}\n}',
    added: ["bin/dev"],
    procfile: `\nvite: bin/vite dev\nweb: env PORT=\${WEB_PORT:-3000} bin/rails s\n${gateway}\n`,
    listens: 'app/client/entrypoints/application.js: import { realtime } from "~/realtime/realtime.js";',
  },
];

describe.each(kinds)("with $kind", (each) => {
  const { kind, options, install, client, edited, added, manifest, procfile, listens } = each;
  let app: RailsAppCopy;
  let before: ReadonlyMap<string, string>;
  let output: string;
  beforeAll(async () => {
    app = await apps.copy("shop", options);
    install(app);
    before = app.files();
    const { code, stdout, stderr } = app.signalbox("init", "--yes");
    expect(stderr).toBe("");
    expect(code).toBe(0);
    output = stdout;
  });

  test("it makes what is needed, changes what it said, and nothing else", () => {
    const { made, changed, removed } = app.since(before);
    expect(removed).toEqual([]);
    expect(changed).toEqual(
      [
        ".gitattributes",
        ".gitignore",
        "app/views/layouts/application.html.erb",
        "package.json",
        "test/test_helper.rb",
        ...edited,
      ].sort(),
    );
    const isGenerated = (path: string) => generated.test(path) || path.startsWith(`${client}/`);
    expect(made.filter((path) => !isGenerated(path))).toEqual(
      [
        ".env.example",
        ".github/workflows/signalbox.yml",
        ".signalbox-manifest.json",
        "config/initializers/signalbox.rb",
        "realtime/gateway.ts",
        "realtime/schema/thing.ts",
        "realtime/tsconfig.json",
        "signalbox.config.ts",
        ...added,
      ].sort(),
    );
    expect(made).toContain(`${client}/realtime.js`);
    expect(output).toContain(`JavaScript: ${kind}, session cookie: _shop_session`);
    expect(output).toContain(listens);
    expect(app.read("Procfile.dev")).toBe(procfile);
    expect(app.read("package.json")).toBe(manifest);
    expect(output).toContain(
      "npm install brings TypeScript, which package.json has now. npx tsc -p realtime ",
    );
    expect(statSync(join(app.root, "bin/dev")).mode & 0o111).toBe(added.includes("bin/dev") ? 0o111 : 0);
  });

  test("a file that was there has its lines and one place with new ones", () => {
    for (const path of app.since(before).changed) {
      const lines = (before.get(path) ?? "").split("\n");
      const kept = lines.filter((line) => app.read(path).includes(line.replace("web: bin", "bin")));
      expect(kept, path).toEqual(lines);
    }
    expect(app.read("app/views/layouts/application.html.erb")).toContain(
      "    <%= csp_meta_tag %>\n    <%= signalbox_meta_tags %>\n",
    );
    expect(app.read("test/test_helper.rb")).toContain(
      "  class TestCase\n    include Signalbox::TestHelper\n\n",
    );
  });

  test("a second run changes nothing, byte for byte, and says so", () => {
    const files = app.files();
    const times = [...files.keys()].map((path) => statSync(join(app.root, path)).mtimeMs);
    const { code, stdout, stderr } = app.signalbox("init");
    expect(stdout).toContain("Nothing to do: everything is in place.");
    expect(stderr).toBe("");
    expect(code).toBe(0);
    expect(app.files()).toEqual(files);
    expect([...files.keys()].map((path) => statSync(join(app.root, path)).mtimeMs)).toEqual(times);
  });
});

const roomSchema = `import { channel } from "signalbox";
import { z } from "zod";
export const room = channel("room:{roomId}", {
  params: { roomId: z.int() }, access: "custom", delivery: "ephemeral", events: { said: z.object({ body: z.string() }) },
});
`;
/** Reads the environment, as handlers do that ask a database. */
const roomHandlers = (
  event: string,
  parameter: string,
) => `import { handlers } from "../generated/handlers.js";
const rooms = (process.env.OPEN_ROOMS ?? "1").split(",").map(Number);
export default handlers.room({
  authorize: (_ctx, { ${parameter} }) => rooms.includes(${parameter}),
  on: { ${event}(message) { console.log(message.body); } },
});
`;

describe("what it makes", () => {
  let app: RailsAppCopy;
  beforeAll(async () => {
    app = await apps.copy("shop_2go", ["--minimal", "--skip-asset-pipeline"]);
    app.write("config/importmap.rb", 'pin "application"\n');
    app.change("Gemfile", /$/, '\ngem "devise"\n'); // not installed: only its cookie's form is of interest
    expect(app.signalbox("init", "--yes", "--js", "importmap").code).toBe(0);
  });

  test("passes zeitwerk:check and rubocop-rails-omakase, and gives the cookie the name that Rails gives it", async () => {
    const [zeitwerk, session, rubocop] = await Promise.all([
      bundleExec(["bin/rails", "zeitwerk:check"], { cwd: app.root }),
      bundleExec(["bin/rails", "runner", "puts Rails.application.config.session_options[:key]"], {
        cwd: app.root,
      }),
      bundleExec(
        ["rubocop", "--cache", "false", "app", "config", "test", "realtime", "vendor/signalbox/signalbox.rb"],
        { cwd: app.root },
      ),
    ]);
    expect(zeitwerk.stdout).toContain("All is good!");
    expect(rubocop.stdout).toContain("no offenses detected");
    expect(session.stdout).toBe("_shop2go_session\n");
    expect(app.read("realtime/gateway.ts")).toContain('sessionCookie: { name: "_shop2go_session" }');
  });

  test("is what TypeScript takes, with Devise's session, too; what does not fit the contract is not", () => {
    symlinkSync(join(repository, "node_modules/@types"), join(app.root, "node_modules/@types"));
    const tsc = join(repository, "node_modules/typescript/lib/tsc.js");
    const check = () =>
      spawnSync(process.execPath, [tsc, "-p", "realtime"], { cwd: app.root, encoding: "utf8" }).stdout;
    expect(app.read("realtime/gateway.ts")).toContain("warden.user.user.key");
    expect(check()).toBe("");

    app.write("realtime/schema/room.ts", roomSchema);
    app.write("realtime/handlers/room.ts", roomHandlers("said", "roomId"));
    expect(app.signalbox("codegen").code).toBe(0);
    expect(check()).toBe("");
    app.write("realtime/handlers/room.ts", roomHandlers("sayd", "rumId"));
    expect(app.signalbox("codegen", "--check").code).toBe(0); // it looks at what is generated only
    expect(check()).toMatch(
      /room\.ts\S+ error .*'rumId' does not exist.*\n.*room\.ts\S+ error .*'sayd' does not exist/,
    );
    app.remove("realtime/handlers");
    app.remove("realtime/schema/room.ts");
    expect(app.signalbox("codegen").code).toBe(0);
  });

  test("lets git keep the example of the environment, and nothing that is private or can be made again", () => {
    const paths = [".env.example", ".env", "node_modules", "dist/gateway.mjs", "tmp/signalbox.key"];
    const { stdout } = spawnSync("git", ["check-ignore", ...paths], { cwd: app.root, encoding: "utf8" });
    expect(stdout.trim().split("\n")).toEqual(paths.slice(1));
  });

  test("is what the check of CI expects", () => {
    expect(app.read(".github/workflows/signalbox.yml")).toMatch(
      /^ {6}- run: npx signalbox codegen --check --format github\n {6}#.*\n {6}- run: npx tsc -p realtime\n$/m,
    );
    expect(app.signalbox("codegen", "--check").code).toBe(0);
  });
});

test.each([
  ["by default", undefined, "3000"],
  ["that bin/dev was given", "3400", "3400"],
])("a web process behind others has the port %s", async (_which, given, port) => {
  const app = await apps.copy("shop", ["--skip-javascript"]);
  installVite(app);
  expect(app.signalbox("init", "--yes").code).toBe(0);
  for (const [path, line] of [
    ["bin/vite", "exec sleep infinity"],
    ["bin/rails", 'echo "Rails has port $PORT"'], // and ends: with it, Foreman ends all
    ["node_modules/stays", "exec sleep infinity"],
  ] as const) {
    app.write(path, `#!/bin/sh\n${line}\n`);
    chmodSync(join(app.root, path), 0o755);
  }
  app.change("Procfile.dev", "node_modules/.bin/signalbox dev", "node_modules/stays");
  const withForeman = { BUNDLE_GEMFILE: join(repository, "examples/rails/Gemfile"), PORT: given };
  const { stdout } = await bundleExec(["bin/dev"], { cwd: app.root, env: withForeman });
  expect(stdout).toContain(`Rails has port ${port}\n`);
});

test("in a clone without packages bin/dev says what to do, and does not go on without a gateway", async () => {
  const app = await apps.copy("shop");
  app.write("config/importmap.rb", 'pin "application"\n');
  expect(app.signalbox("init", "--yes").code).toBe(0);
  app.remove("node_modules");
  app.write("bin/rails", "#!/bin/sh\nexec sleep 30\n"); // without the gateway's end, Foreman would wait for it
  const withForeman = { BUNDLE_GEMFILE: join(repository, "examples/rails/Gemfile") };
  const { status, stdout } = await bundleExec(["bin/dev"], { cwd: app.root, env: withForeman });
  expect(stdout).toMatch(/gateway\.1 +\| There is no node_modules\/\.bin\/signalbox yet: run npm install\n/);
  expect(status).toBe(1);
});
