/** The insertions of `signalbox init`, as text: where they go, and that everything around them stays. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { appendLines, appendParagraph, insertLines } from "../../cli/init/files/lines.js";
import { makePlan } from "../../cli/init/plan.js";
import type { ByHand, Step } from "../../cli/init/step.js";
import { ciSteps } from "../../cli/init/steps/ci.js";
import { processSteps } from "../../cli/init/steps/processes.js";
import { railsSteps } from "../../cli/init/steps/rails.js";
import { repositorySteps } from "../../cli/init/steps/repository.js";
import { setupSteps } from "../../cli/init/steps/setup.js";
import { testSteps } from "../../cli/init/steps/tests.js";
import { typeCheckSteps } from "../../cli/init/steps/type-check.js";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "signalbox-edits-"));
  write("Gemfile", 'gem "rails", "~> 7.0.8"\ngem "importmap-rails"\n');
  write("config/application.rb", "module Shop\n  class Application < Rails::Application\n  end\nend\n");
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** What a step makes of a text. */
async function edited(path: string, text: string): Promise<string | ByHand> {
  write(path, text);
  const plan = await makePlan({ root, javascript: undefined, rubyModule: undefined });
  if (plan === null) throw new Error("no plan");
  const steps: readonly Step[] = [
    ...railsSteps(plan),
    ...processSteps(plan),
    ...testSteps(plan),
    ...repositorySteps(plan),
    ...setupSteps(plan),
    ...typeCheckSteps(plan),
    ...ciSteps(plan),
  ];
  const step = steps.find((each) => each.path === path);
  if (step === undefined) throw new Error(`no step for ${path}`);
  return step.kind === "file" ? step.edit(text) : step;
}

describe("lines", () => {
  test.each([
    ["a\nb\n", 1, "a\nX\nb\n"],
    ["a\r\nb", 1, "a\r\nX\r\nb"],
    ["a\r\nb", 2, "a\r\nb\r\nX\r\n"],
    ["\uFEFFa\n", 0, "\uFEFFX\na\n"],
    ["", 0, "X\n"],
  ])("%j, before line %i", (text, at, result) => {
    expect(insertLines(text, at, ["X"])).toBe(result);
  });

  test.each([
    ["", "X\n"],
    ["a", "a\n\nX\n"],
    ["a\n", "a\n\nX\n"],
    ["a\n\n", "a\n\nX\n"],
    ["a\r\n \r\n", "a\r\n \r\nX\r\n"],
  ])("a paragraph after %j", (text, result) => {
    expect(appendParagraph(text, ["X"])).toBe(result);
  });

  test("what is appended ends the last line first", () => {
    expect(appendLines("a", ["X", "Y"])).toBe("a\nX\nY\n");
  });
});

const layout = "app/views/layouts/application.html.erb";
test.each([
  [
    "  <head>\n\t<%= csrf_meta_tags %>\n",
    "  <head>\n\t<%= csrf_meta_tags %>\n\t<%= signalbox_meta_tags %>\n",
  ],
  [
    "<%= csp_meta_tag %>\n<%= csrf_meta_tags %>\n",
    "<%= csp_meta_tag %>\n<%= signalbox_meta_tags %>\n<%= csrf_meta_tags %>\n",
  ],
  [
    "<head>\r\n  <title>a</title>\r\n</head>\r\n",
    "<head>\r\n  <title>a</title>\r\n  <%= signalbox_meta_tags %>\r\n</head>\r\n",
  ],
])("the layout %j", async (before, after) => {
  expect(await edited(layout, before)).toBe(after);
});

test.each(["<head><%= csp_meta_tag %></head>\n", "<%= render 'head' %>\n", ""])(
  "the layout %j is left to somebody else",
  async (text) => {
    expect(await edited(layout, text)).toMatchObject({
      kind: "by hand",
      lines: ["<%= signalbox_meta_tags %>"],
    });
  },
);

test("test_helper.rb as Rails 7.0 writes it", async () => {
  expect(await edited("test/test_helper.rb", "class ActiveSupport::TestCase\n  fixtures :all\nend\n")).toBe(
    "class ActiveSupport::TestCase\n  include Signalbox::TestHelper\n\n  fixtures :all\nend\n",
  );
  expect(await edited("test/test_helper.rb", 'require "rails/test_help"\n')).toMatchObject({
    kind: "by hand",
    lines: ["include Signalbox::TestHelper"],
  });
});

describe("Procfile.dev", () => {
  const gateway = "gateway: npx signalbox dev --port 8081\n";

  test.each([
    ["web: bin/rails server -p 3000", `web: bin/rails server -p 3000\n${gateway}`],
    ["# all\n\nweb: bin/rails s\n", `# all\n\nweb: bin/rails s\n${gateway}`],
    ["css: yarn watch\nweb: bin/rails s -p 3000\n", `css: yarn watch\nweb: bin/rails s -p 3000\n${gateway}`],
    [
      "css: yarn watch\nweb: bundle exec rails s\n",
      `css: yarn watch\nweb: env PORT=\${WEB_PORT:-3000} bundle exec rails s\n${gateway}`,
    ],
  ])("%j", async (before, after) => {
    expect(await edited("Procfile.dev", before)).toBe(after);
  });

  test("is the file that bin/dev names, and the port of the web process stays where bin/dev is one's own", async () => {
    write("bin/dev", "exec overmind start -f Procfile.local\n");
    const before = "css: yarn watch\nweb: bin/rails s\n";
    expect(await edited("Procfile.local", before)).toBe(before + gateway);
  });

  test.each([
    "gateway: node_modules/.bin/signalbox dev\n",
    "live: cd .. && exec node bin/signalbox.js dev\n",
  ])("%j has it", async (text) => {
    expect(await edited("Procfile.dev", text)).toBe(text);
  });
});

describe("bin/setup", () => {
  const ruby = (lines: string) =>
    `#!/usr/bin/env ruby\nFileUtils.chdir APP_ROOT do\n${lines}\n  system! "bin/rails db:prepare"\nend\n`;
  const gems = '  system("bundle check") || system!("bundle install")\n';

  test.each([
    [undefined, "npm"],
    ["yarn.lock", "yarn"],
    ["pnpm-lock.yaml", "pnpm"],
    ["bun.lock", "bun"],
  ])("with %s, Ruby", async (lock, manager) => {
    if (lock !== undefined) write(lock, "");
    expect(await edited("bin/setup", ruby(gems))).toBe(
      ruby(`${gems}\n  # Install JavaScript dependencies\n  system!("${manager} install")\n`),
    );
  });

  test.each([
    ["#!/bin/sh\nset -e\nbundle install --jobs 4\nbin/rails db:prepare\n", 3],
    ["#!/usr/bin/env bash\nbundle check > /dev/null || bundle install", 2],
  ])("%j", async (before, at) => {
    const lines = ["", "# Install JavaScript dependencies", "npm install"];
    expect(await edited("bin/setup", before)).toBe(insertLines(before, at, lines));
  });

  test.each([
    ruby(`${gems}  system("yarn install --check-files")`), // as Rails writes it where Node brings JavaScript
    ruby(`${gems}  system("yarn check --check-files") || system!("yarn install")`),
    ruby(`${gems}  system! "bin/yarn"`),
    ruby(`${gems}  system! "npm", "ci"`),
    "#!/bin/sh\nbundle install\npnpm i\n",
    "#!/bin/sh\ndocker compose build\n",
  ])("%j lacks nothing", async (text) => {
    await expect(edited("bin/setup", text)).rejects.toThrow("no step for bin/setup");
  });

  test("what is commented out installs nothing", async () => {
    const before = ruby(`${gems}  # system("yarn install")`);
    expect(await edited("bin/setup", before)).toContain('system!("npm install")');
    expect(await edited("bin/setup", "#!/usr/bin/env ruby\nsystem 'bundle install'\n")).toMatchObject({
      kind: "by hand",
      lines: ["npm install"],
    });
  });
});

describe("package.json", () => {
  const both = { "@types/node": "^20", typescript: "^6.0.3" };

  test.each([
    ['{\r\n\t"name": "shop"\r\n}\r\n', { name: "shop", devDependencies: both }, "\t", "\r\n"],
    ['{"private":true}', { private: true, devDependencies: both }, "  ", ""],
    [
      '{\n  "devDependencies": {\n    "vite": "^7",\n    "typescript": "5"\n  },\n  "type": "module"\n}\n',
      { devDependencies: { "@types/node": "^20", typescript: "5", vite: "^7" }, type: "module" },
      "  ",
      "\n",
    ],
  ])("%j", async (before, after, indentation, end) => {
    const whole = JSON.stringify(after, null, indentation);
    expect(await edited("package.json", before)).toBe(
      (end === "\r\n" ? whole.replaceAll("\n", end) : whole) + end,
    );
  });

  test("lacks nothing that the workspace above has", async () => {
    write("package.json", JSON.stringify({ devDependencies: both }));
    write("apps/shop/Gemfile", 'gem "rails", "~> 7.0.8"\ngem "importmap-rails"\n');
    write("apps/shop/config/application.rb", "class Shop < Rails::Application\nend\n");
    write("apps/shop/package.json", "{}");
    root = join(root, "apps/shop");
    await expect(edited("package.json", "{}")).rejects.toThrow("no step");
    root = join(root, "../..");
  });
});

describe("a workflow from before there was a type check", () => {
  const path = ".github/workflows/ci.yml";
  const check = "    steps:\n      - run: npx signalbox codegen --check --format github\n";

  test.each([
    [check, `${check}      - run: npx tsc -p realtime\n`],
    [
      `${check}      - run: bin/rubocop\n`,
      `${check}      - run: npx tsc -p realtime\n      - run: bin/rubocop\n`,
    ],
  ])("%j", async (before, after) => {
    expect(await edited(path, before)).toBe(after);
  });

  test.each([
    `${check}      - run: npm run typecheck\n`,
    `${check}      - run: npx tsc --noEmit -p realtime\n`,
  ])("%j lacks nothing", async (text) => {
    await expect(edited(path, text)).rejects.toThrow("no step");
  });

  test("whose steps are of another form", async () => {
    const text = "on: { pull_request: { types: [opened] } }\nrun: |\n  npx signalbox codegen --check\n";
    expect(await edited(path, text)).toMatchObject({ kind: "by hand", lines: ["npx tsc -p realtime"] });
    // One that checks the scripts of the pages does not check the gateway's.
    write(".github/workflows/pages.yml", "run: npx tsc -p app/javascript\n");
    expect(await edited(path, text)).toMatchObject({ kind: "by hand" });
  });
});

describe("ignored files", () => {
  test.each([
    ["node_modules/\n.env\ndist\n", "node_modules/\n.env\ndist\n"],
    [
      "/node_modules\r\n/.env*\r\n!/.env.example\r\n/dist/\r\n",
      "/node_modules\r\n/.env*\r\n!/.env.example\r\n/dist/\r\n",
    ],
  ])("%j lacks nothing", async (before, after) => {
    expect(await edited(".gitignore", before)).toBe(after);
  });

  test("what is missing is appended, and nothing else", async () => {
    expect(await edited(".gitignore", "/.env*\nnode_modules\n")).toBe(
      "/.env*\nnode_modules\n\n# Node packages, local settings and the built gateway (signalbox).\n!/.env.example\n/dist/gateway.mjs\n",
    );
    expect(await edited(".dockerignore", "/node_modules/\n.env\n")).toBe("/node_modules/\n.env\n");
  });
});

test("a pin for a client that the asset pipeline does not find is left to somebody else", async () => {
  write(
    "signalbox.config.ts",
    'export default { schema: "s", handlers: "h", gateway: "g.ts", outputs: { ruby: "app/events/events.rb", rubyRuntime: "vendor/signalbox", client: "client", server: "server" } };\n',
  );
  expect(await edited("config/importmap.rb", "")).toMatchObject({
    kind: "by hand",
    lines: ['pin "realtime", to: "client/realtime.js"'],
  });
});
