import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { PackageManager } from "../app/packages.js";
import { findLine, indentationOf, insertLines } from "../files/lines.js";
import { filesBelow, readIfFile } from "../files/read.js";
import { type ByHand, type FileStep, keep, type Plan, type Step } from "../step.js";
import { typeCheckCommand } from "./type-check.js";

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

/**
 * What CI runs: whether what is generated fits the contract, and whether what is written by hand fits what is generated.
 * A workflow of its own on GitHub; with another CI, or where the repository is bigger than the application, the lines.
 */
export function ciSteps(plan: Plan): readonly Step[] {
  const { root } = plan.app;
  const repository = repositoryOf(root);
  const textOf = (file: string) => readIfFile(join(repository, file)) ?? "";
  const workflows = filesBelow(repository, ".github/workflows");
  const typeCheck = typeCheckCommand(plan);
  const checking = workflows.find((file) => textOf(file).includes(check));
  if (checking !== undefined) {
    if (typeCheck === null || workflows.some((file) => checksTypes(textOf(file), typeCheck))) return [];
    const byHand: ByHand = {
      kind: "by hand",
      path: join(relative(root, repository), checking),
      where: `in the job that runs ${check}`,
      lines: [typeCheck],
    };
    return repository === root ? [typeCheckStep(byHand, typeCheck)] : [byHand];
  }
  const other = otherCi.find((file) => existsSync(join(repository, file)));
  if (other !== undefined && workflows.length === 0) {
    const text = textOf(other);
    const lines = [
      ...(text.includes(check) ? [] : [`npx ${check}`]),
      ...(typeCheck === null || checksTypes(text, typeCheck) ? [] : [typeCheck]),
    ];
    return lines.length === 0
      ? []
      : [{ kind: "by hand", path: other, where: "in a job that has Node", lines }];
  }
  const folder = relative(repository, root);
  const content = workflow(plan.packageManager, folder, typeCheck);
  if (folder === "") return [{ kind: "file", path: workflowFile, content, edit: keep }];
  return [
    {
      kind: "by hand",
      path: join(relative(root, repository), workflowFile),
      where: "as a new file: the repository's root is outside of the application",
      lines: content.trimEnd().split("\n"),
    },
  ];
}

/** By a command that names the folder, or a script of package.json, as such scripts are called. */
function checksTypes(text: string, command: string): boolean {
  const folder = command.split(" ").at(-1) ?? "";
  const names = (line: string) => /\btsc\b/.test(line) && line.includes(folder);
  return /\b(?:type-?check|check-?types)\b/i.test(text) || text.split("\n").some(names);
}

/** For a workflow from before there was a type check. */
function typeCheckStep(byHand: ByHand, typeCheck: string): FileStep {
  return {
    kind: "file",
    path: byHand.path,
    content: null,
    without: "CI does not see that handlers or gateway.ts do not fit the contract",
    edit(text) {
      const at = findLine(text, new RegExp(`^\\s*- run: .*\\b${check}\\b`));
      return at < 0 ? byHand : insertLines(text, at + 1, [`${indentationOf(text, at)}- run: ${typeCheck}`]);
    },
  };
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

function workflow(packageManager: PackageManager, folder: string, typeCheck: string | null): string {
  const types =
    typeCheck === null
      ? ""
      : `      # Fails where handlers or gateway.ts do not fit what is generated.\n      - run: ${typeCheck}\n`;
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
${types}`;
}
