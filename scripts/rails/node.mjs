// @ts-check
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";

/**
 * Puts the Node and the npm that run this into another system's root, in its `/usr/local`.
 *
 * @param {string} root
 */
export function shareNode(root) {
  const bin = join(root, "usr/local/bin");
  const modules = join(root, "usr/local/lib/node_modules");
  mkdirSync(bin, { recursive: true });
  cpSync(process.execPath, join(bin, "node"));
  const npm = join(spawnSync("npm", ["root", "--global"], { encoding: "utf8" }).stdout.trim(), "npm");
  rmSync(join(modules, "npm"), { recursive: true, force: true });
  cpSync(npm, join(modules, "npm"), { recursive: true });
  for (const name of ["npm", "npx"]) {
    const link = join(bin, name);
    rmSync(link, { force: true });
    symlinkSync(`../lib/node_modules/npm/bin/${name}-cli.js`, link);
  }
}
