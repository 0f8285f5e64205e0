/** `signalbox init` where an application is unusual: what cannot be placed safely is told, and never guessed. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, renameSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type RailsAppCopy, RailsApps } from "./rails-app.js";

// Each test starts several processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const apps = new RailsApps();
afterAll(() => apps.delete());

let app: RailsAppCopy;
beforeEach(async () => {
  app = await apps.copy("shop");
  app.write("config/importmap.rb", 'pin "application"\n');
});

describe("it does not begin", () => {
  function refused(...args: readonly string[]): string {
    const before = app.files();
    const { code, stdout, stderr } = app.signalbox("init", "--yes", ...args);
    expect(code).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(app.files()).toEqual(before);
    return stderr;
  }

  test("where no Rails application is", () => {
    app.remove("Gemfile");
    expect(refused()).toContain("Run signalbox init in the folder where bin/rails is.");
  });

  test("below one, and says where it is", () => {
    const { code, stderr } = app.signalboxIn("app/models", "init");
    expect(code).toBe(1);
    expect(stderr).toContain("There is one above: cd ../.. and run it again.");
  });

  test("where config/application.rb is that of something else", () => {
    app.write("config/application.rb", "class Shop < Sinatra::Base\nend\n");
    expect(refused()).toContain("defines no class that inherits from Rails::Application");
  });

  test("with a Rails that is too old", () => {
    app.write("Gemfile.lock", "GEM\n  specs:\n    rails (6.1.7.10)\n");
    expect(refused()).toContain("This is Rails 6.1: signalbox needs Rails 7.0 or newer.");
  });

  test("with two ways of JavaScript, or with none, until --js says which", () => {
    app.change("Gemfile", /$/, '\ngem "jsbundling-rails"\n');
    expect(refused()).toContain(
      "Gemfile and Gemfile.lock have importmap-rails and jsbundling-rails: say which of them brings the realtime client to the pages, with --js importmap, or jsbundling.",
    );
    app.change("Gemfile", /^gem "(importmap-rails|jsbundling-rails)"$/gm, "");
    expect(refused()).toContain("with --js importmap, or jsbundling, or vite, or none.");
    expect(app.signalbox("init", "--js", "webpack")).toMatchObject({ code: 2 });
  });

  test("without its packages, and says how they are installed", () => {
    app.remove("node_modules/zod");
    expect(refused()).toContain(
      "zod is not installed in this application. Run this, and then signalbox init again:\n  npm install zod@~4.6.7\n",
    );
    app.remove("node_modules/signalbox");
    app.write("yarn.lock", "");
    expect(refused()).toContain("signalbox and zod are not installed in this application.");
    expect(refused()).toContain("\n  yarn add signalbox zod@~4.6.7\n");
  });

  test("with a configuration that is broken, or another module's", () => {
    app.write("signalbox.config.ts", "export default {};\n");
    expect(refused()).toContain("signalbox.config.ts:1:1");
  });

  test.each([
    ["app/models/events.rb", "class Events < ApplicationRecord\nend\n"],
    ["app/services/events.rb", "# All of them.\nmodule Events\nend\n"],
    ["lib/anything.rb", "class Events\nend\n"],
  ])("where %s defines Events, and says how to name the module otherwise", (path, text) => {
    app.write(path, text);
    expect(refused()).toContain(`${path} defines Events, and so would codegen.`);
    expect(app.signalbox("init", "--yes", "--ruby-module", "Live::Events").code).toBe(0);
    expect(app.read("app/events/live/events.rb")).toContain("module Live");
    expect(app.read("config/initializers/signalbox.rb")).toContain(
      '  config.events_module = "Live::Events"\n',
    );
    expect(app.signalbox("init")).toMatchObject({ code: 0, stderr: "" });
  });

  test("a namespace Events is none of that", () => {
    app.write("app/services/events/paid.rb", "module Events\n  class Paid\n  end\nend\n");
    app.write(
      "app/controllers/events/base_controller.rb",
      "class Events::BaseController < ApplicationController\nend\n",
    );
    expect(app.signalbox("init", "--yes").code).toBe(0);
  });
});

describe("it tells what to add by hand, and ends with 1 until it is there", () => {
  /** What it says of a file: the place, and the lines. */
  function byHand(path: string): string {
    const before = app.has(path) ? app.read(path) : null;
    const { code, stdout, stderr } = app.signalbox("init", "--yes");
    expect(stderr).toBe("");
    expect(code).toBe(1);
    expect(app.has(path) ? app.read(path) : null).toBe(before);
    const told = stdout.slice(stdout.indexOf("\nTo be added by hand:\n"));
    const start = told.indexOf(`\n${path}, `);
    expect(start, stdout).toBeGreaterThan(0);
    return told.slice(start + 1).split("\n\n")[0] ?? "";
  }
  const done = () => expect(app.signalbox("init")).toMatchObject({ code: 0, stderr: "" });
  const erb = "app/views/layouts/application.html.erb";

  test("a layout without a head of its own", () => {
    app.write(erb, "<%= render 'head' %>\n<%# signalbox_meta_tags %>\n<%= yield %>\n");
    expect(byHand(erb)).toBe(
      `${erb}, in the head; it has no line </head> of its own:\n    <%= signalbox_meta_tags %>`,
    );
    app.write("app/views/application/_head.html.erb", "<head><%= signalbox_meta_tags %></head>\n");
    done();
  });

  test("and that comes before what comes next", () => {
    app.write(erb, "<%= render 'head' %>\n");
    const { stdout } = app.signalbox("init", "--yes");
    expect(stdout).toContain("\nNext:\n  1. Add what is listed above by hand.\n  2. npm install ");
  });

  test.each(["haml", "slim"])("a layout in %s", (language) => {
    const path = `app/views/layouts/application.html.${language}`;
    renameSync(join(app.root, erb), join(app.root, path));
    expect(byHand(path)).toBe(`${path}, in the head, which is not ERB:\n    = signalbox_meta_tags`);
    app.write(path, "%html\n  %head\n    = signalbox_meta_tags\n");
    done();
  });

  test("a Procfile.dev that is none, or has a gateway already", () => {
    app.write("Procfile.dev", "web: bin/rails server\n\nif something\n");
    expect(byHand("Procfile.dev")).toContain("line 3 is not one");
    app.write("Procfile.dev", "web: bin/rails server\ngateway: bin/payments\n");
    expect(byHand("Procfile.dev")).toContain("under another name");
    app.write("Procfile.dev", "web: bin/rails server\nrealtime: npx signalbox dev\n");
    done();
  });

  test("a bin/dev that starts something of its own", () => {
    app.write("bin/dev", "#!/bin/sh\nbin/rails server & bin/jobs\n");
    expect(byHand("bin/dev")).toContain("it does not start Procfile.dev:\n    foreman start");
    app.write("bin/dev", "#!/usr/bin/env ruby\nexec './bin/rails', 'server', *ARGV\n");
    expect(app.signalbox("init", "--yes").code).toBe(0);
    expect(app.read("bin/dev")).toContain("exec foreman start");
  });

  test("a gateway that does not know Devise, which came later", () => {
    expect(app.signalbox("init", "--yes").code).toBe(0);
    app.change("Gemfile", /$/, '\ngem "devise"\n');
    const gateway = app.read("realtime/gateway.ts");
    const told = byHand("realtime/gateway.ts");
    expect(told).toContain('in the place of session("user_id"), which Devise does not write');
    const { stdout } = app.signalbox("init");
    const [, lines = ""] = /^( {4}import .*?\n)\n {4}export default /ms.exec(stdout) ?? [];
    const identify = lines.replace(/^ {4}/gm, "");
    expect(identify).toContain('session?.["warden.user.user.key"]');
    const docs = readFileSync(new URL("../../docs/cookies.md", import.meta.url), "utf8");
    expect(docs).toContain(`\`\`\`ts\n${identify}\`\`\`\n`);

    app.write("app/controllers/sessions_controller.rb", "# session[:user_id] = 1\nsession[:user_id] == 1\n");
    expect(app.signalbox("init").code).toBe(1);
    app.write("app/controllers/sessions_controller.rb", "session[:user_id] = user.id\n");
    done();
    app.remove("app/controllers/sessions_controller.rb");
    app.write(
      "realtime/gateway.ts",
      gateway.replace(/^import .*$/m, identify).replace('identify: session("user_id")', "identify"),
    );
    done();
  });

  test("a content security policy that keeps pages from the gateway", () => {
    const path = "config/initializers/content_security_policy.rb";
    const policy = (lines: string) =>
      `Rails.application.configure do\n  config.content_security_policy do |policy|\n${lines}  end\nend\n`;
    app.write(path, policy("    policy.default_src :self, :https # all\n"));
    expect(byHand(path)).toBe(
      `${path}, in the policy, or pages cannot connect to the gateway:\n    policy.connect_src :self, :https, -> { Signalbox.connect_sources(self) }`,
    );
    app.write(path, policy("    policy.default_src :none\n    policy.connect_src :self\n"));
    expect(byHand(path)).toContain("in the place of its connect_src");
    app.write(path, policy("    policy.script_src :self\n"));
    done();
  });

  test("a file that is read-only, a link, a folder, or not UTF-8", () => {
    chmodSync(join(app.root, "config/importmap.rb"), 0o444);
    expect(byHand("config/importmap.rb")).toBe(
      'config/importmap.rb, by hand, because it is read-only:\n    pin "realtime", to: "realtime/realtime.js"',
    );
    app.remove("config/importmap.rb");
    app.write("elsewhere.rb", "");
    symlinkSync("../elsewhere.rb", join(app.root, "config/importmap.rb"));
    expect(byHand("config/importmap.rb")).toContain("because it is a symbolic link");
    expect(app.read("elsewhere.rb")).toBe("");
    app.write("elsewhere.rb", 'pin "realtime", to: "realtime/realtime.js"\n');
    done();

    app.remove(".gitattributes");
    mkdirSync(join(app.root, ".gitattributes"));
    expect(app.signalbox("init", "--yes").stdout).toContain(
      ".gitattributes, by hand, because it is not a file",
    );
    app.remove(".gitattributes");
    app.write(".gitattributes", Buffer.from([0x23, 0xe9, 0x0a]));
    expect(byHand(".gitattributes")).toContain("because it is not UTF-8");
  });

  test("a workflow where the application is a folder of the repository", () => {
    app.remove(".git");
    const repository = join(app.root, "..");
    spawnSync("git", ["init", "--quiet"], { cwd: repository });
    const told = byHand("../.github/workflows/signalbox.yml");
    expect(told).toContain("the repository's root is outside of the application");
    expect(app.signalbox("init").stdout).toContain("        working-directory: shop\n");
    const ci = "../.github/workflows/ci.yml";
    app.write(ci, "      - run: npx signalbox codegen --check\n");
    expect(byHand(ci)).toContain("in the job that runs signalbox codegen --check:\n    npx tsc -p realtime");
    app.write(ci, "      - run: npx signalbox codegen --check\n      - run: npx tsc --noEmit -p realtime\n");
    done();
  });

  test("a package.json that is of another form, or elsewhere", () => {
    app.write("package.json", '{ "devDependencies": [] }\n');
    expect(byHand("package.json")).toBe(
      'package.json, in devDependencies; what is there is no JSON object:\n    "@types/node": "^20"\n    "typescript": "^6.0.3"',
    );
    app.remove("package.json");
    expect(app.signalbox("init", "--yes").stdout).toContain(
      "\npackage.json, in devDependencies of the one that has signalbox: here is none:\n",
    );
    app.write("package.json", '{ "dependencies": { "typescript": "5", "@types/node": "22" } }');
    done();
  });

  test("a bin/setup that installs gems in a way of its own", () => {
    app.write("bin/setup", "#!/bin/sh\nif bundle check; then :; else\n  bundle install\nfi\n");
    expect(byHand("bin/setup")).toBe("bin/setup, where it installs gems:\n    npm install");
    app.write("bin/setup", "#!/bin/sh\ndocker compose build\n");
    done();
  });

  test("a job where CI is not GitHub's", () => {
    app.remove(".github");
    app.write(".gitlab-ci.yml", "lint:\n  script: bin/rubocop\n");
    expect(byHand(".gitlab-ci.yml")).toContain(
      "in a job that has Node:\n    npx signalbox codegen --check\n    npx tsc -p realtime",
    );
    expect(app.has(".github")).toBe(false);
    app.write(".gitlab-ci.yml", "lint:\n  script: npx signalbox codegen --check && npm run typecheck\n");
    done();
  });
});

describe("other applications", () => {
  test("an API gets no layout and no pin, and is told what it lacks", async () => {
    const api = await apps.copy("api", ["--api"]);
    const { code, stdout, stderr } = api.signalbox("init", "--yes");
    expect(stderr).toBe("");
    expect(code).toBe(0);
    expect(stdout).toContain("Note: This is an API");
    expect(stdout).toContain("Note: No page gets the browser client by itself. It is in realtime/client;");
    expect(api.has("realtime/client/realtime.js")).toBe(true);
  });

  test("RSpec gets its matchers", () => {
    app.remove("test");
    app.write("spec/rails_helper.rb", 'require "rspec/rails"\n\nRSpec.configure do |config|\nend\n');
    expect(app.signalbox("init", "--yes").code).toBe(0);
    expect(app.read("spec/rails_helper.rb")).toContain(
      "RSpec.configure do |config|\n  config.include Signalbox::RSpecMatchers\n  config.before { Signalbox::Testing.clear }\n\nend\n",
    );
    expect(app.signalbox("init").code).toBe(0);
  });

  test("what a project has in its configuration and contract goes before all defaults", () => {
    app.write(
      "signalbox.config.ts",
      `import { defineConfig } from "signalbox";
export default defineConfig({
  schema: "live/schema", handlers: "live/handlers", gateway: "live/gateway.ts",
  outputs: { ruby: "app/events/events.rb", rubyRuntime: "vendor/line", client: "app/javascript/live", server: "live/generated" },
});
`,
    );
    app.write(
      "live/schema/room.ts",
      `import { channel } from "signalbox";
import { z } from "zod";
export const room = channel("room", { access: "public", delivery: "ephemeral", events: { said: z.object({}) } });
`,
    );
    const { code, stdout } = app.signalbox("init", "--yes");
    expect(code).toBe(0);
    expect(app.has("live/schema/thing.ts")).toBe(false);
    expect(app.has("realtime")).toBe(false);
    expect(stdout).not.toContain("thing");
    expect(app.read("config/importmap.rb")).toContain('pin "realtime", to: "live/realtime.js"');
    expect(app.read("config/initializers/signalbox.rb")).toContain(
      'Rails.root.join("vendor/line/signalbox")',
    );
    expect(app.read(".gitattributes")).toContain("app/javascript/live/** linguist-generated");
    expect(app.read(".gitattributes")).not.toContain("sig/");
  });

  test("an initializer, an .env.example and a .dockerignore that are there get what they lack", () => {
    app.write(
      "config/initializers/signalbox.rb",
      '# frozen_string_literal: true\n# Ours.\nSignalbox.configure { |c| c.prefix = "a:" }\n',
    );
    app.write(".env.example", "PORT=3000\n");
    app.write(".dockerignore", "/log/*");
    expect(app.signalbox("init", "--yes").code).toBe(0);
    expect(app.read("config/initializers/signalbox.rb")).toBe(
      '# frozen_string_literal: true\nrequire Rails.root.join("vendor/signalbox/signalbox").to_s\n\n# Ours.\nSignalbox.configure { |c| c.prefix = "a:" }\n',
    );
    expect(app.read(".env.example")).toMatch(/^PORT=3000\n\n# Signalbox\./);
    expect(app.read(".dockerignore")).toBe("/log/*\n\n/node_modules\n/.env*\n");
    expect(app.signalbox("init").stdout).toContain("Nothing to do");
  });
});
