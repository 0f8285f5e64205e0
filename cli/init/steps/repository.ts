import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { PackageManager } from "../app/packages.js";
import { appendLines } from "../files/lines.js";
import { filesBelow, readIfFile } from "../files/read.js";
import { type ByHand, type FileStep, keep, type Plan, type ProjectLayout, type Step } from "../step.js";

/** What git, Docker and CI have to know. */
export function repositorySteps(plan: Plan): readonly Step[] {
  const { root } = plan.app;
  return [
    environmentExample,
    attributesStep(plan.layout),
    ignoreStep,
    ...(existsSync(join(root, ".dockerignore")) ? [dockerIgnoreStep] : []),
    ...driftCheckSteps(plan),
  ];
}

const variables = `# Signalbox. Development needs none of these: each side finds the other, and the secret is Rails' own.
# Production, for the gateway: SECRET_KEY_BASE (as in Rails) and REDIS_URL.
# Redis or Valkey, for Rails and the gateway. Without it, Rails publishes to the gateway of \`signalbox dev\` over HTTP.
# REDIS_URL=redis://localhost:6379/0
# Put before every Redis channel, where applications share one.
# SIGNALBOX_PREFIX=
# Where pages find the gateway, if not at /realtime of their own host.
# SIGNALBOX_GATEWAY_URL=wss://realtime.example.com/realtime
`;

const environmentExample: FileStep = {
  kind: "file",
  path: ".env.example",
  content: variables,
  edit: (text) =>
    text.includes("SIGNALBOX_") ? text : appendLines(text, ["", ...variables.trimEnd().split("\n")]),
};

function attributesStep({ outputs }: ProjectLayout): FileStep {
  const { ruby, rubyRuntime, rbs, client, server, docs } = outputs;
  const folders = [rubyRuntime, client, server, docs].flatMap((folder) =>
    folder === undefined ? [] : `${folder}/**`,
  );
  const signatures =
    rbs === undefined ? [] : [`${rbs}/${ruby.replace(/^.*\/|\.rb$/g, "")}.rbs`, `${rbs}/signalbox.rbs`];
  const patterns = [ruby, ...folders, ...signatures, ".signalbox-manifest.json"];
  const line = (pattern: string) => `${pattern} linguist-generated`;
  const title = "# What signalbox generates.";
  return {
    kind: "file",
    path: ".gitattributes",
    content: `${[title, ...patterns.map(line)].join("\n")}\n`,
    edit(text) {
      const there = new Set(text.split(/\r?\n/).map((each) => each.trim().split(/\s+/)[0]));
      const missing = patterns.filter((pattern) => !there.has(pattern));
      if (missing.length === 0) return text;
      const heading = text.includes(title) ? [] : ["", title];
      return appendLines(text, [...heading, ...missing.map(line)]);
    },
  };
}

/** Packages and local settings stay out; the example of the settings, which Rails' own rule `/.env*` hides, comes in. */
const ignoreStep: FileStep = {
  kind: "file",
  path: ".gitignore",
  content: ["/node_modules", "/.env", "/dist/gateway.mjs", "/tmp", ""].join("\n"),
  edit(text) {
    const rules = text.split(/\r?\n/).map((line) => line.trim());
    const has = (...spellings: readonly string[]) => spellings.some((spelling) => rules.includes(spelling));
    const hidesExample =
      has("/.env*", ".env*", "/.env.*", ".env.*") && !has("!/.env.example", "!.env.example");
    const missing = [
      ...(has("/node_modules", "node_modules", "/node_modules/", "node_modules/", "/node_modules/*")
        ? []
        : ["/node_modules"]),
      ...(has("/.env*", ".env*", "/.env", ".env") ? [] : ["/.env"]),
      ...(hidesExample ? ["!/.env.example"] : []),
      ...(has("/dist/gateway.mjs", "/dist", "dist", "/dist/", "dist/") ? [] : ["/dist/gateway.mjs"]),
    ];
    if (missing.length === 0) return text;
    const title = "# Node packages, local settings and the built gateway (signalbox).";
    return appendLines(text, ["", title, ...missing]);
  },
};

const dockerIgnoreStep: FileStep = {
  kind: "file",
  path: ".dockerignore",
  content: null,
  edit(text) {
    const rules = text.split(/\r?\n/).map((line) => line.trim().replace(/^\/|\/$/g, ""));
    const missing = ["node_modules", ".env*"].filter(
      (rule) => !rules.includes(rule) && !(rule === ".env*" && rules.includes(".env")),
    );
    return missing.length === 0 ? text : appendLines(text, ["", ...missing.map((rule) => `/${rule}`)]);
  },
};

const check = "signalbox codegen --check";
const workflowFile = ".github/workflows/signalbox.yml";
const otherCi = [
  ".gitlab-ci.yml",
  ".circleci/config.yml",
  "bitbucket-pipelines.yml",
  "azure-pipelines.yml",
  ".travis.yml",
  "Jenkinsfile",
];

/** A workflow of its own on GitHub; with another CI, or where the repository is bigger than the application, the lines. */
function driftCheckSteps({ app, packageManager }: Plan): readonly Step[] {
  const repository = repositoryOf(app.root);
  const workflows = filesBelow(repository, ".github/workflows");
  if (workflows.some((file) => readIfFile(join(repository, file))?.includes(check))) return [];
  const other = otherCi.find((file) => existsSync(join(repository, file)));
  if (other !== undefined && workflows.length === 0) {
    const text = readIfFile(join(repository, other)) ?? "";
    const step = {
      kind: "by hand",
      path: other,
      where: "in a job that has Node",
      lines: [`npx ${check}`],
    } as const;
    return text.includes(check) ? [] : [step];
  }
  const folder = relative(repository, app.root);
  const content = workflow(packageManager, folder);
  if (folder === "") return [{ kind: "file", path: workflowFile, content, edit: keep }];
  const step: ByHand = {
    kind: "by hand",
    path: join(relative(app.root, repository), workflowFile),
    where: "as a new file: the repository's root is outside of the application",
    lines: content.trimEnd().split("\n"),
  };
  return [step];
}

/** The folder that has `.git`, the application's own or one above; the application's where there is none. */
function repositoryOf(root: string): string {
  for (let folder = root; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, ".git"))) return folder;
  }
  return root;
}

const installs: Readonly<Record<PackageManager, readonly string[]>> = {
  npm: ["run: npm ci"],
  yarn: ["run: yarn install --frozen-lockfile"],
  pnpm: ["run: corepack enable", "run: pnpm install --frozen-lockfile"],
  bun: ["uses: oven-sh/setup-bun@v2", "run: bun install --frozen-lockfile"],
};

function workflow(packageManager: PackageManager, folder: string): string {
  const defaults = folder === "" ? "" : `    defaults:\n      run:\n        working-directory: ${folder}\n`;
  return `name: Signalbox

on:
  pull_request:
  push:
    branches: [main]

jobs:
  contract:
    runs-on: ubuntu-latest
${defaults}    steps:
      - uses: actions/checkout@v6
      - uses: actions/setup-node@v6
        with:
          node-version: 20
${installs[packageManager].map((step) => `      - ${step}\n`).join("")}      # Fails where what is generated does not fit the contract.
      - run: npx ${check} --format github
`;
}
