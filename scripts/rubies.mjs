// @ts-check
// `npm run test:rubies`: the corpus on the Ruby of Debian's next release, in a root made by debootstrap (as root).
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const suite = "trixie";
const root = fileURLToPath(new URL("..", import.meta.url));
const system = join(root, "tmp", suite);

/** @param {string} file @param {readonly string[]} args @param {NodeJS.ProcessEnv} [env] */
function run(file, args, env = process.env) {
  const { status, error } = spawnSync(file, args, { cwd: root, stdio: "inherit", env });
  if (error) console.error(`${file}: ${error.message}. On Debian: apt-get install debootstrap.`);
  if (status !== 0) process.exit(status ?? 1);
}

if (!existsSync(join(system, "usr/bin/ruby"))) {
  rmSync(system, { recursive: true, force: true });
  mkdirSync(join(root, "tmp"), { recursive: true });
  run("debootstrap", ["--variant=minbase", "--include=ruby", suite, system]);
}

// Inside it the same paths lead to the same files.
for (const part of ["runtime/ruby/lib", "test/conformance/testees"]) {
  cpSync(join(root, part), join(system, root, part), { recursive: true });
}
run(
  join(root, "node_modules/.bin/vitest"),
  ["run", "--config", "test/conformance/rubies.config.ts", "rubies.spec"],
  { ...process.env, SIGNALBOX_RUBY_ROOT: system },
);
