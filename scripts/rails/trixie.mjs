// @ts-check
// A Debian trixie beside this system, for Rubies that this one does not have: made once by debootstrap in tmp/trixie.
// The repository and the folder for temporary files are mounted into it where they are outside.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = realpathSync(fileURLToPath(new URL("../..", import.meta.url)));
const folder = join(root, "tmp/trixie");
const packages =
  "ruby,ruby-dev,bundler,build-essential,libsqlite3-dev,libyaml-dev,libffi-dev,redis-server,ca-certificates,tzdata";

/** Trixie cannot be made or entered here; the message says why. */
export class TrixieMissing extends Error {}

/** @param {string} command @param {readonly string[]} args */
function run(command, ...args) {
  const { status, error } = spawnSync(command, args, { stdio: ["ignore", "ignore", "inherit"] });
  if (error || status !== 0) {
    throw new TrixieMissing(`${command} ${args.join(" ")} failed: ${error?.message ?? `status ${status}`}`);
  }
}

function make() {
  const stamp = join(folder, ".signalbox-ready");
  if (existsSync(stamp)) return;
  console.log("Making a Debian trixie in tmp/trixie …");
  mkdirSync(folder, { recursive: true });
  run("debootstrap", "--variant=minbase", `--include=${packages}`, "trixie", folder);
  // The names and the certificates of this system: it may have its own.
  for (const file of ["/etc/resolv.conf", "/etc/hosts", "/etc/ssl/certs/ca-certificates.crt"]) {
    copyFileSync(file, join(folder, file));
  }
  writeFileSync(stamp, "");
}

/**
 * Calls back with the folder to `chroot` into.
 *
 * @template T
 * @param {(folder: string) => T} use
 * @returns {T} what it returned
 */
export function withTrixie(use) {
  if (process.getuid?.() !== 0)
    throw new TrixieMissing("a Debian trixie needs root: for debootstrap and chroot");
  make();
  const mounts = [
    ["/proc", "/proc"],
    ["/dev", "/dev"],
    [root, root],
    [realpathSync(tmpdir()), realpathSync(tmpdir())],
  ].map(([from = "", to = ""]) => ({ from, to: join(folder, to) }));
  const mounted = [];
  try {
    for (const { from, to } of mounts) {
      mkdirSync(to, { recursive: true });
      run("mount", "--bind", from, to);
      mounted.unshift(to);
    }
    return use(folder);
  } finally {
    for (const to of mounted) run("umount", to);
  }
}

/**
 * Installs gems there, exactly as the lock file says, where this repository has its own.
 *
 * @param {string} trixie
 * @param {string} relative the Gemfile's folder, relative to the repository
 */
export function installGemsIn(trixie, relative) {
  const install = `cd ${JSON.stringify(join(root, relative))} && bundle install --quiet`;
  const { status } = spawnSync("chroot", [trixie, "sh", "-c", install], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, BUNDLE_PATH: join(root, "vendor/bundle"), BUNDLE_FROZEN: "true" },
  });
  if (status !== 0) throw new TrixieMissing(`bundle install failed in ${relative} (status ${status})`);
}
