/** Which cookie `signalbox init` gives the gateway: what the application's code says, compared with Rails' own answer. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { doubtsOf } from "../../cli/init/app/doubts.js";
import { readRailsApp } from "../../cli/init/app/rails-app.js";
import { defaultName, sessionCookie } from "../../cli/init/app/session-cookie.js";
import { bundleExec } from "../support/ruby.js";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "signalbox-session-"));
  write("Gemfile", 'gem "rails", "~> 7.2"\n');
  application();
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
const application = (lines = "", defaults = "7.2") =>
  write(
    "config/application.rb",
    `module Shop\n  class Application < Rails::Application\n    config.load_defaults ${defaults}\n${lines}  end\nend\n`,
  );
const outputs = {
  ruby: "app/events/events.rb",
  rubyRuntime: "vendor/signalbox",
  client: "app/javascript/realtime",
  server: "realtime/generated",
};
const cookie = () => sessionCookie(readRailsApp(root));
const doubts = () => doubtsOf(readRailsApp(root), "importmap", outputs).join("\n");

describe("the default name", () => {
  const classes = [
    "Shop::Application",
    "MyShop2Go::Application",
    "HTTPServer::Application",
    "API::Application",
    "Acme::BackOffice::Application",
    "Shop::Main",
    "Application",
  ];
  const names = new Map<string, string>();
  beforeAll(async () => {
    const script = `require "rails"
      ARGV.each { |name| puts "_#{Rails::Railtie.send(:generate_railtie_name, name).chomp("_application")}_session" }`;
    const { stdout } = await bundleExec(["ruby", "-e", script, ...classes]);
    stdout
      .trim()
      .split("\n")
      .forEach((name, index) => {
        names.set(classes[index] ?? "", name);
      });
  });

  test.each(classes)("of %s is that of Rails", (className) => {
    expect(names.get(className)).toMatch(/^_\w+_session$/);
    expect(defaultName(className)).toBe(names.get(className));
  });
});

test.each([
  ["", "_shop_session"],
  ['config.session_store :cookie_store, key: "_mine"', "_mine"],
  ["config.session_store(:cookie_store, key: '_mine', same_site: :lax)", "_mine"],
  ['config.session_store :cookie_store, :expire_after => 1.day, :key => "_mine"', "_mine"],
  ['config.session_store :cookie_store,\n      expire_after: 1.day,\n      key: "_mine"', "_mine"],
  ['config.session_store :cookie_store, key: ENV.fetch("SESSION_KEY", "_mine")', "_mine"],
  ["config.session_store :cookie_store, expire_after: 1.day", "_session_id"],
  ['# config.session_store :cookie_store, key: "_old"', "_shop_session"],
])("with %j in config/application.rb the cookie is %s", (line, name) => {
  application(`    ${line}\n`);
  expect(cookie()).toEqual({ name, loadDefaults: null, doubts: [] });
});

test("a store that is given without a key has the cookie that Rails gives it then", async () => {
  const script = `require "rails"; require "action_controller/railtie"
    app = Class.new(Rails::Application) { config.eager_load = false; config.logger = Logger.new(nil); config.secret_key_base = "x" * 64 }
    app.config.session_store :cookie_store, expire_after: 60
    app.initialize!
    stack = app.middleware.find { |m| m.name == "ActionDispatch::Session::CookieStore" }
    puts ActionDispatch::Session::CookieStore.new(->(_) {}, *stack.args).key`;
  const { stdout, stderr } = await bundleExec(["ruby", "-e", script], { cwd: root });
  expect(stderr).toBe("");
  application("    config.session_store :cookie_store, expire_after: 60\n");
  expect(`${cookie().name}\n`).toBe(stdout);
});

test("an initializer goes before config/application.rb, and an environment's name is told", () => {
  application('    config.session_store :cookie_store, key: "_application"\n');
  write(
    "config/initializers/session_store.rb",
    'Rails.application.config.session_store :cookie_store, key: "_own"\n',
  );
  expect(cookie()).toMatchObject({ name: "_own", doubts: [] });

  rmSync(join(root, "config/initializers"), { recursive: true });
  write(
    "config/environments/production.rb",
    'Rails.application.configure do\n  config.session_store :cookie_store, key: "__Host-s"\nend\n',
  );
  expect(cookie()).toMatchObject({
    name: "__Host-s",
    doubts: [expect.stringContaining("put SESSION_KEY=_application into .env")],
  });
});

test("a key that is computed is told, and not guessed", () => {
  application('    config.session_store :cookie_store, key: "_shop_#{Rails.env}"\n');
  expect(cookie().doubts).toEqual([
    expect.stringContaining("config/application.rb computes the session's key"),
  ]);
});

test.each([
  ["redis_store", "keeps sessions in redis_store"],
  ["active_record_store", "keeps sessions in active_record_store"],
  ["disabled", "turns sessions off"],
])("sessions in :%s are told of", (store, sentence) => {
  write(
    "config/initializers/session_store.rb",
    `Rails.application.config.session_store :${store}, key: "_own"\n`,
  );
  expect(cookie()).toMatchObject({ name: "_own", doubts: [expect.stringContaining(sentence)] });
});

test("defaults below 7.0 derive other keys, and write Marshal unless they are told otherwise", () => {
  application("", "6.1");
  expect(cookie().loadDefaults).toBe("6.1");
  expect(doubts()).toContain("writes its cookies with marshal");
  write(
    "config/initializers/cookies_serializer.rb",
    "Rails.application.config.action_dispatch.cookies_serializer = :json\n",
  );
  expect(doubts()).toBe("");
});

test("sign-in by Rails 8's generator is told of, until it writes the session", () => {
  const path = "app/controllers/concerns/authentication.rb";
  const line =
    "cookies.signed.permanent[:session_id] = { value: session.id, httponly: true, same_site: :lax }";
  write(path, `${line}\n`);
  expect(doubts()).toContain("add session[:user_id] = user.id to start_new_session_for");
  write(path, `${line}\nsession[:user_id] = user.id\n`);
  expect(doubts()).toBe("");
});

test("a tsconfig.json that takes in everything is told of", () => {
  write("tsconfig.json", '{ "compilerOptions": {} }\n');
  expect(doubts()).toContain('add both to its "exclude"');
  write("tsconfig.json", '{ "include": ["app/javascript"] }\n');
  expect(doubts()).toBe("");
});

test("what git ignores of that which is generated is told of", () => {
  execFileSync("git", ["init", "--quiet"], { cwd: root });
  expect(doubts()).toBe("");
  write(".gitignore", "vendor/\n");
  expect(doubts()).toContain("git ignores vendor/signalbox: let it in");
});
