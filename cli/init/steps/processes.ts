import { existsSync } from "node:fs";
import { join } from "node:path";
import { installCommand } from "../app/packages.js";
import { appendLines, findLine, splitLines } from "../files/lines.js";
import { readIfFile } from "../files/read.js";
import type { ByHand, FileStep, Plan, Step } from "../step.js";

/** The gateway beside Rails in development: a line in Procfile.dev, and a bin/dev that starts what is in there. */
export function processSteps({ app, packageManager }: Plan): readonly Step[] {
  const dev = readIfFile(join(app.root, "bin/dev"));
  const startsProcfile = dev !== null && /Procfile|foreman|overmind|hivemind|honcho|mprocs/.test(dev);
  const procfile = /Procfile[\w.-]*/.exec(dev ?? "")?.[0] ?? "Procfile.dev";
  const gateway = gatewayLine(app.root, installCommand(packageManager));
  return [
    {
      kind: "file",
      path: procfile,
      content: `web: bin/rails server\n${gateway}\n`,
      without: "bin/dev does not start the gateway",
      edit: (text) => editProcfile(procfile, text, gateway, startsProcfile),
    },
    ...(startsProcfile ? [] : [binDevStep]),
  ];
}

/**
 * Not through npx, which does not hand signals on. Foreman gives each process a PORT; the gateway's is its own. In a clone
 * without packages it ends with what to do, and so ends the others: Foreman goes on where it finds no command.
 */
function gatewayLine(root: string, install: string): string {
  const command = "node_modules/.bin/signalbox";
  if (!existsSync(join(root, command))) return "gateway: npx signalbox dev --port 8081";
  const missing = `{ echo "There is no ${command} yet: run ${install}"; exit 1; }`;
  return `gateway: test -x ${command} || ${missing}; exec ${command} dev --port 8081`;
}

function editProcfile(path: string, text: string, gateway: string, startsProcfile: boolean): string | ByHand {
  if (/^[\w-]+:.*\bsignalbox(\.js)?\s+dev\b/m.test(text)) return text;
  const where = (why: string): ByHand => ({ kind: "by hand", path, where: why, lines: [gateway] });
  if (/^gateway:/m.test(text)) return where("under another name: it has a process gateway already");
  const strange = findLine(text, /^(?!\s*(?:#.*)?$)(?![\w-]+:\s*\S)/);
  if (strange >= 0)
    return where(`among the processes; line ${strange + 1} is not one, so nothing is changed`);
  const ported = startsProcfile ? text : withRailsPort(text);
  return appendLines(ported, [gateway]);
}

/**
 * Foreman gives the first process PORT and the next ones other numbers: a web process behind others takes what our
 * `bin/dev` was given.
 */
function withRailsPort(text: string): string {
  const processes = splitLines(text).filter((line) => /^[\w-]+:/.test(line));
  if (processes.findIndex((line) => line.startsWith("web:")) < 1) return text;
  return text.replace(
    /^(web:[ \t]*)(?=(?:bundle exec )?(?:bin\/)?rails (?:s|server)\b(?!.*-p))/m,
    `$1env PORT=\${WEB_PORT:-3000} `,
  );
}

const binDev = `#!/usr/bin/env sh
# Starts what Procfile.dev lists. Foreman is no gem of the application: it starts the application.
command -v foreman > /dev/null || gem install foreman

export PORT="\${PORT:-3000}"
export WEB_PORT="$PORT" # for a process that is not the first: Foreman gives each another PORT
exec foreman start --procfile Procfile.dev "$@"
`;

/** What `rails new` writes where nothing but the server is to be started. */
const railsOwn = /^#!.*ruby\s+exec ["'](?:\.\/)?bin\/rails["'], ["']server["'], \*ARGV\s*$/;

const binDevStep: FileStep = {
  kind: "file",
  path: "bin/dev",
  content: binDev,
  executable: true,
  without: "bin/dev does not start what Procfile.dev lists",
  edit: (text) =>
    railsOwn.test(text)
      ? binDev
      : {
          kind: "by hand",
          path: "bin/dev",
          where: "in the place of what it starts now: it does not start Procfile.dev",
          lines: ["foreman start --procfile Procfile.dev"],
        },
};
