import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const repository = fileURLToPath(new URL("../..", import.meta.url));

/** Packs `dist/` as it is, without building it again. @returns the tarball's path */
export async function pack(destination: string): Promise<string> {
  const args = ["pack", "--ignore-scripts", "--json", "--pack-destination", destination];
  const { stdout } = await promisify(execFile)("npm", args, { cwd: repository });
  const parsed: unknown = JSON.parse(stdout);
  const name = /"filename":\s*"([^"]+)"/.exec(stdout)?.[1];
  if (parsed === null || name === undefined) throw new Error(`npm pack said ${stdout}`);
  return join(destination, name);
}
