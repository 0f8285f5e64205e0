/** `signalbox init` in applications that `rails new` made. */
import { afterAll, describe, expect, test } from "vitest";
import { RailsApps } from "./rails-app.js";

const apps = new RailsApps();
afterAll(() => apps.delete());

describe("an application with importmap", () => {
  test("gets all that it needs, and nothing else in it is changed", async () => {
    const app = await apps.copy("shop");
    app.write("config/importmap.rb", 'pin "application"\n');
    const before = app.files();
    const { code, stderr } = app.signalbox("init", "--yes");
    expect(stderr).toBe("");
    expect(code).toBe(0);
    const { made, changed, removed } = app.since(before);
    expect(removed).toEqual([]);
    expect(changed).toEqual([
      ".gitattributes",
      ".gitignore",
      "app/views/layouts/application.html.erb",
      "config/importmap.rb",
      "test/test_helper.rb",
    ]);
    const generated = /^(app\/events|app\/javascript\/realtime|realtime\/generated|sig|vendor\/signalbox)\//;
    expect(made.filter((path) => !generated.test(path))).toEqual([
      ".env.example",
      ".github/workflows/signalbox.yml",
      ".signalbox-manifest.json",
      "Procfile.dev",
      "bin/dev",
      "config/initializers/signalbox.rb",
      "realtime/gateway.ts",
      "realtime/schema/thing.ts",
      "realtime/tsconfig.json",
      "signalbox.config.ts",
    ]);
    expect(app.read("config/importmap.rb")).toBe(
      'pin "application"\npin "realtime", to: "realtime/realtime.js"\n',
    );
  });
});
