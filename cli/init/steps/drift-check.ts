import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { PackageManager } from "../app/packages.js";
import { filesBelow, readIfFile } from "../files/read.js";
import { type ByHand, keep, type Plan, type Step } from "../step.js";

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
export function driftCheckSteps({ app, packageManager }: Plan): readonly Step[] {
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
