import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleExec } from "../support/ruby.js";
import type { Outcome } from "./project.js";

const repository = fileURLToPath(new URL("../..", import.meta.url));

/** Applications made by Rails' own `rails new`, once for each set of options, and copies of them for each test. */
export class RailsApps {
  readonly folder = mkdtempSync(join(tmpdir(), "signalbox-rails-"));
  readonly #made = new Map<string, string>();
  #copies = 0;

  /** @param options of `rails new`; gems are never installed */
  async copy(name: string, options: readonly string[] = []): Promise<RailsAppCopy> {
    const key = [name, ...options].join(" ");
    const made = this.#made.get(key) ?? (await this.#make(key, name, options));
    const root = join(this.folder, `copy-${++this.#copies}`, name);
    cpSync(made, root, { recursive: true });
    return new RailsAppCopy(root);
  }

  delete(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #make(key: string, name: string, options: readonly string[]): Promise<string> {
    const parent = join(this.folder, `made-${this.#made.size}`);
    mkdirSync(parent);
    const args = ["rails", "new", name, "--skip-bundle", "--quiet", ...options];
    const { status, stdout, stderr } = await bundleExec(args, { cwd: parent });
    if (status !== 0) throw new Error(`rails new failed: ${stdout}${stderr}`);
    const root = join(parent, name);
    this.#made.set(key, root);
    return root;
  }
}

/** As `npm install signalbox zod` leaves it. */
const installed = `{
  "dependencies": {
    "signalbox": "^0.1.0",
    "zod": "~4.6.7"
  }
}
`;

/** One application, with this package as it was built. */
export class RailsAppCopy {
  readonly root: string;

  constructor(root: string) {
    this.root = root;
    mkdirSync(join(root, "node_modules/.bin"), { recursive: true });
    symlinkSync(repository, join(root, "node_modules/signalbox"));
    symlinkSync(join(repository, "node_modules/zod"), join(root, "node_modules/zod"));
    symlinkSync(join(repository, "bin/signalbox.js"), join(root, "node_modules/.bin/signalbox"));
    this.write("package.json", installed);
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), "utf8");
  }

  has(path: string): boolean {
    return existsSync(join(this.root, path));
  }

  write(path: string, text: string | Buffer): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  change(path: string, from: string | RegExp, to: string): void {
    const before = this.read(path);
    const after = before.replace(from, to);
    if (after === before) throw new Error(`${path} has no ${from}:\n${before}`);
    this.write(path, after);
  }

  remove(path: string): void {
    rmSync(join(this.root, path), { recursive: true });
  }

  /** Every file that is the application's, by its path. */
  files(): ReadonlyMap<string, string> {
    const entries = readdirSync(this.root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(this.root.length + 1))
      .filter((path) => !/^(node_modules|\.git)\//.test(path));
    return new Map(entries.sort().map((path) => [path, this.read(path)]));
  }

  /** Paths of files that were made, and that were changed, since. */
  since(before: ReadonlyMap<string, string>): { made: string[]; changed: string[]; removed: string[] } {
    const now = this.files();
    return {
      made: [...now.keys()].filter((path) => !before.has(path)),
      changed: [...now]
        .filter(([path, text]) => before.has(path) && before.get(path) !== text)
        .map(([path]) => path),
      removed: [...before.keys()].filter((path) => !now.has(path)),
    };
  }

  /** Runs `signalbox` without a terminal. */
  signalbox(...args: readonly string[]): Outcome {
    return this.signalboxIn(".", ...args);
  }

  /** Runs it in one of the application's folders. */
  signalboxIn(folder: string, ...args: readonly string[]): Outcome {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(repository, "bin/signalbox.js"), ...args],
      {
        cwd: join(this.root, folder),
        encoding: "utf8",
        env: { PATH: process.env.PATH, HOME: process.env.HOME },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    return { code: status, stdout, stderr };
  }
}
