import { existsSync } from "node:fs";
import { join } from "node:path";
import { appendParagraph } from "../files/lines.js";
import type { FileStep, Plan, ProjectLayout } from "../step.js";

/** What git and Docker have to know, and whoever sets the environment up. */
export function repositorySteps(plan: Plan): readonly FileStep[] {
  return [
    environmentExample,
    attributesStep(plan.layout),
    ignoreStep,
    ...(existsSync(join(plan.app.root, ".dockerignore")) ? [dockerIgnoreStep] : []),
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
    text.includes("SIGNALBOX_") ? text : appendParagraph(text, variables.trimEnd().split("\n")),
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
      return appendParagraph(text, [title, ...missing.map(line)]);
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
    return appendParagraph(text, [title, ...missing]);
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
    return missing.length === 0
      ? text
      : appendParagraph(
          text,
          missing.map((rule) => `/${rule}`),
        );
  },
};
