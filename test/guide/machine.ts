/** The machine on which a guide is followed: as a reader's, with the gems already there and this package from here. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "../support/ruby.js";

export interface Machine {
  readonly env: NodeJS.ProcessEnv;
  /** The command to run so that `argv` is run on that machine, in that folder. */
  command(folder: string, argv: readonly [string, ...string[]]): readonly [string, ...string[]];
}

/** Nothing of what runs the test may reach what a reader would type. */
const ours =
  /^(?:NODE_(?:ENV|OPTIONS|PATH)|VITEST.*|TEST|MODE|DEV|PROD|SSR|BASE_URL|TINYPOOL_.*|npm_(?:package|lifecycle)_.*|npm_config_(?:local_)?prefix|INIT_CWD|RAILS_.*|RACK_ENV|BUNDLER?_.*|RUBY(?:OPT|LIB)|GEM_.*|REDIS_URL|SECRET_KEY_BASE|SESSION_KEY|SIGNALBOX_.*|PORT|HOST|CI)$/;

/**
 * @param bundlerFolder gems of one's own, before all others: a Bundler that `npm run setup` has installed
 * @param chroot another system's root, entered for every command; it has Node, and the repository at its path
 */
export function machine(bundlerFolder: string | null, chroot: string | null): Machine {
  const enter: readonly string[] = chroot === null ? [] : ["chroot", chroot];
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
  const ask = (ruby: string) => {
    const [file = "ruby", ...args] = [...enter, "ruby", "-e", ruby];
    return spawnSync(file, args, { encoding: "utf8", env: clean }).stdout.trim();
  };
  const gems = join(root, "vendor/bundle/ruby", ask('print RbConfig::CONFIG["ruby_version"]'));
  if (!existsSync(join(gems, "bin/rails"))) throw new Error(`no Rails in ${gems}: run npm run setup`);
  const systemGems = ask("print Gem.path.join(File::PATH_SEPARATOR)");
  const own = bundlerFolder === null ? [] : [bundlerFolder];
  const env: NodeJS.ProcessEnv = {
    ...clean,
    GEM_HOME: gems,
    GEM_PATH: [...own, gems, systemGems].join(":"),
    PATH: [...[...own, gems].map((folder) => join(folder, "bin")), clean.PATH].join(":"),
    BUNDLE_PREFER_LOCAL: "true",
    BUNDLE_MIRROR__ALL: "http://127.0.0.1:9", // nobody is there: the gems are, and in the versions that were locked
    BUNDLE_SILENCE_ROOT_WARNING: "1",
    npm_config_prefer_offline: "true",
    npm_config_audit: "false",
    npm_config_fund: "false",
  };
  return {
    env,
    command: (folder, argv) =>
      chroot === null ? argv : ["chroot", chroot, "sh", "-c", 'cd "$0" && exec "$@"', folder, ...argv],
  };
}
