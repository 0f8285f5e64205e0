import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { CommandError } from "../../errors.js";
import { readIfFile } from "../files/read.js";
import { withoutComments } from "./ruby-source.js";

/** What is read off a Rails application without running it. */
export interface RailsApp {
  readonly root: string;
  /** The application's class, `Shop::Application`. */
  readonly className: string;
  /** `7.2` of Gemfile.lock or Gemfile; `null` where neither says. */
  readonly version: string | null;
  /** `config.load_defaults`; `null` where it is not a number. */
  readonly loadDefaults: string | null;
  readonly apiOnly: boolean;
  /** The application's own, and not what they depend on. */
  readonly gems: ReadonlySet<string>;
}

/** What is tested; older ones are refused. */
const oldest = "7.0";

/**
 * @param root absolute
 * @throws CommandError where this is no Rails application, or one that is too old
 */
export function readRailsApp(root: string): RailsApp {
  const application = readIfFile(join(root, "config/application.rb"));
  const gemfile = readIfFile(join(root, "Gemfile"));
  if (application === null || gemfile === null) throw new CommandError(noApp(root));
  const source = withoutComments(application);
  const className = classOf(source);
  if (className === null) {
    throw new CommandError(
      "config/application.rb defines no class that inherits from Rails::Application: this is no Rails application.",
    );
  }
  const lock = readIfFile(join(root, "Gemfile.lock")) ?? "";
  const version = versionOf(lock, gemfile);
  if (version !== null && isOlder(version, oldest)) {
    throw new CommandError(`This is Rails ${version}: signalbox needs Rails ${oldest} or newer.`);
  }
  return {
    root,
    className,
    version,
    loadDefaults: /\bload_defaults[ (]+["']?(\d+\.\d+)/.exec(source)?.[1] ?? null,
    apiOnly: /\bconfig\.api_only\s*=\s*true\b/.test(source),
    gems: gemsOf(gemfile, lock),
  };
}

/** Whether cookies are written as before `load_defaults` 7.0: with other keys, and with Marshal. */
export function writesOldCookies({ loadDefaults }: RailsApp): boolean {
  return loadDefaults !== null && isOlder(loadDefaults, "7.0");
}

function isOlder(version: string, than: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [thanMajor = 0, thanMinor = 0] = than.split(".").map(Number);
  return major < thanMajor || (major === thanMajor && minor < thanMinor);
}

function noApp(root: string): string {
  const start = "This is no Rails application: config/application.rb or the Gemfile is missing.";
  for (let folder = dirname(root); folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, "config/application.rb"))) {
      return `${start} There is one above: cd ${relative(root, folder)} and run it again.`;
    }
  }
  return `${start} Run signalbox init in the folder where bin/rails is.`;
}

/** `module Shop` … `class Application < Rails::Application`. */
function classOf(source: string): string | null {
  const match = /^\s*class\s+([A-Z][\w:]*)\s*<\s*(?:::)?Rails::Application\b/m.exec(source);
  if (match?.[1] === undefined) return null;
  const modules = [...source.slice(0, match.index).matchAll(/^\s*module\s+([A-Z][\w:]*)/gm)].map(
    ([, name]) => name,
  );
  return [...modules, match[1]].join("::");
}

/** The lock file also has those of a file that the Gemfile takes in. */
function gemsOf(gemfile: string, lock: string): ReadonlySet<string> {
  const direct = /^DEPENDENCIES\r?\n((?: {2}.*\r?\n?)*)/m.exec(lock)?.[1] ?? "";
  const names = [
    ...gemfile.matchAll(/^[ \t]*gem[ (]+["']([\w-]+)["']/gm),
    ...direct.matchAll(/^ {2}([\w-]+)/gm),
  ].map(([, name = ""]) => name);
  return new Set(names);
}

function versionOf(lock: string, gemfile: string): string | null {
  const locked = /^ {4}(?:rails|railties) \((\d+\.\d+)/m.exec(lock)?.[1];
  const asked = /^[ \t]*gem[ (]+["'](?:rails|railties)["'],\s*["'][~>=\s]*(\d+\.\d+)/m.exec(gemfile)?.[1];
  return locked ?? asked ?? null;
}
