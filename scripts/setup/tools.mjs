// @ts-check
// Installs what is missing where that is ours to do (Debian, as root), and says how to everywhere else.
import { spawnSync } from "node:child_process";
import { missingFor } from "./requirements.mjs";

/** What is missing, and the command that a person has to run. */
export class ToolsMissing extends Error {}

/** @param {string} command */
const present = (command) => spawnSync(command, ["--version"], { stdio: "ignore" }).status === 0;

/** @param {readonly string[]} args */
function aptGet(...args) {
  const options = ["-qq", "-o", "DPkg::Lock::Timeout=300"];
  const { status } = spawnSync("apt-get", [...options, ...args], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
  if (status !== 0) throw new ToolsMissing(`apt-get ${args.join(" ")} failed (status ${status}).`);
}

/**
 * @param {readonly { name: string, apt: readonly string[], brew: readonly string[] }[]} missing
 */
function refusal(missing) {
  const names = missing.map(({ name }) => name).join(", ");
  /** @param {"apt" | "brew"} system */
  const packages = (system) => [...new Set(missing.flatMap((requirement) => requirement[system]))].join(" ");
  if (present("apt-get")) return `Missing: ${names}. Run: sudo apt-get install -y ${packages("apt")}`;
  if (present("brew")) return `Missing: ${names}. Run: brew install ${packages("brew")}`;
  return `Missing: ${names}. Install them with your system's package manager (on Debian: ${packages("apt")}).`;
}

/**
 * Makes sure that the machine has what `purpose` needs.
 *
 * @param {import("./requirements.mjs").Purpose} purpose
 * @throws {ToolsMissing} where something is missing that cannot be installed from here
 */
export function ensureTools(purpose) {
  const missing = missingFor(purpose);
  if (missing.length === 0) return;
  if (!present("apt-get") || process.getuid?.() !== 0) throw new ToolsMissing(refusal(missing));

  console.log(`Installing ${missing.map(({ name }) => name).join(", ")} …`);
  aptGet("update");
  aptGet("install", "-y", "--no-install-recommends", ...missing.flatMap(({ apt }) => apt));

  const still = missingFor(purpose);
  if (still.length > 0) throw new ToolsMissing(`Installed, and still ${refusal(still).toLowerCase()}`);
}
