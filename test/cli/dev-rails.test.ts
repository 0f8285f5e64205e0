import { existsSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { freePort } from "../../scripts/line/ports.mjs";
import { answering, type Launched, launch } from "../../scripts/line/processes.mjs";
import { launchChromium } from "../support/chromium.js";
import { bundleExec, root as repository } from "../support/ruby.js";
import { Project, Run } from "./project.js";

// A Rails application and `signalbox dev` in its folder, and nothing in the environment of either: no port, no secret,
// no address. The browser finds the gateway by what Rails puts into its page.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const gemfile = join(repository, "runtime/ruby/Gemfile");
const files = {
  "signalbox.config.ts": `
    import { defineConfig } from "signalbox";
    export default defineConfig({
      schema: "schema", handlers: "handlers", gateway: "gateway.ts",
      outputs: { ruby: "app/events/events.rb", rubyRuntime: "vendor/signalbox", client: "public", server: "generated/server" },
    });`,
  "gateway.ts": `
    import { defineGateway, session } from "signalbox/gateway";
    export default defineGateway({
      origins: [], identify: session("user_id"), sessionCookie: { name: "_my_shop_session" },
    });`,
  "schema/thing.ts": `
    import { z } from "zod";
    import { channel } from "signalbox";
    export const thing = channel("thing", {
      access: "session", delivery: "ephemeral", events: { updated: z.object({ contents: z.string() }) },
    });`,
  "handlers/thing.ts": `
    import { handlers } from "../generated/server/handlers.js";
    export default handlers.thing({});`,
  "config.ru": `require_relative "config/environment"\nrun Rails.application`,
  "config/environment.rb": `require_relative "application"\nRails.application.initialize!`,
  "config/application.rb": `
    require "rails"
    require "action_controller/railtie"
    require "action_view/railtie"
    module MyShop
      class Application < Rails::Application
        config.load_defaults 7.2
        config.eager_load = false
        config.root = File.expand_path("..", __dir__)
        routes.append do
          get "/", to: "things#index"
          get "/publish", to: "things#publish"
        end
      end
    end`,
  "config/initializers/signalbox.rb": `require Rails.root.join("vendor/signalbox/signalbox")`,
  "app/controllers/things_controller.rb": `
    class ThingsController < ActionController::Base
      def index
        session[:user_id] = "1"
        render inline: <<~HTML
          <html><head><%= signalbox_meta_tags %></head><body><p></p><script type="module">
            import { realtime } from "/realtime.js";
            const thing = globalThis.thing = realtime.thing();
            thing.on("updated", ({ contents }) => { document.querySelector("p").textContent = contents; });
          </script></body></html>
        HTML
      end

      def publish
        render plain: Events::Thing.updated!(contents: "hello")
      end
    end`,
} as const;

let project: Project;
let rails: Launched;
let browser: Browser;

beforeAll(async () => {
  project = new Project();
  for (const [file, text] of Object.entries(files)) project.write(file, text);
  // What `rails new` leaves: a secret in credentials, with the key beside them.
  const credentials = `
    require "rails"
    require "rails/generators"
    require "rails/generators/rails/master_key/master_key_generator"
    require "rails/generators/rails/credentials/credentials_generator"
    Rails::Generators::MasterKeyGenerator.new([], quiet: true).add_master_key_file
    Rails::Generators::CredentialsGenerator.new([], quiet: true).add_credentials_file`;
  const made = await bundleExec(["ruby", "-e", credentials], { cwd: project.root });
  expect(made.status, made.stderr).toBe(0);
});
afterAll(async () => {
  await browser?.close();
  await rails?.stop();
  project.delete();
});

test("Rails first, the gateway later and not where it usually is: the page connects, a publish arrives", async () => {
  const codegen = await new Run(project.root, ["codegen"]).ended;
  expect(codegen.code, codegen.stderr).toBe(0);
  const port = await freePort();
  rails = launch("rails", ["bundle", "exec", "puma", "-b", `tcp://localhost:${port}`], {
    cwd: project.root,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, BUNDLE_GEMFILE: gemfile },
  });
  await answering(rails, `http://localhost:${port}/`);

  const holder = await takeUsualPort();
  const gateway = new Run(project.root, ["dev"]);
  try {
    const address = await gateway.says(/(?<=The gateway is at ws:\/\/)127\.0\.0\.1:\d+/);
    expect(address).not.toMatch(/:8081$/);
    expect(gateway.output).not.toContain("WARNING");

    browser = await launchChromium();
    const page = await browser.newPage();
    await page.goto(`http://localhost:${port}/`);
    await page.waitForFunction("thing.status === 'subscribed'");
    expect((await fetch(`http://localhost:${port}/publish`)).status).toBe(200);
    await page.getByText("hello").waitFor();
  } finally {
    await gateway.stop("SIGINT");
    holder.close();
  }
  expect(existsSync(join(project.root, "tmp/signalbox.json"))).toBe(false);
});

/** Somebody else's, or ours. */
async function takeUsualPort(): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("listening", resolve);
    server.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? resolve() : reject(error),
    );
    server.listen(8081, "127.0.0.1");
  });
  return server;
}
