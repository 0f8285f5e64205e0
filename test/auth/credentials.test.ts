/** The credentials that Rails itself writes, opened as the gateway opens them in development. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { findSecrets } from "signalbox/cookies";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { bundleExec } from "../support/ruby.js";

const secret = "0f1e2d3c4b5a69788796a5b4c3d2e1f0".repeat(4);
const key = "00112233445566778899aabbccddeeff";

/** Encrypts each text as `bin/rails credentials:edit` does; one Ruby for all. */
async function encrypt(texts: readonly string[]): Promise<readonly string[]> {
  const script = `
    require "active_support"
    require "active_support/encrypted_file"
    require "json"
    require "tmpdir"
    puts JSON.generate(JSON.parse(File.read(ARGV.first)).map { |text|
      Dir.mktmpdir do |folder|
        path = File.join(folder, "credentials.yml.enc")
        file = ActiveSupport::EncryptedFile.new(content_path: path, key_path: "", env_key: "KEY", raise_if_missing_key: true)
        file.write(text)
        File.read(path)
      end
    })`;
  const folder = mkdtempSync(join(tmpdir(), "signalbox-documents-"));
  const file = join(folder, "documents.json");
  writeFileSync(file, JSON.stringify(texts));
  const { stdout, stderr } = await bundleExec(["ruby", "-e", script, file], { env: { KEY: key } });
  rmSync(folder, { recursive: true });
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout);
}

const documents = {
  asRailsNew: `# aws:\n#   access_key_id: 123\n\n# Grüße\nsecret_key_base: ${secret}\n`,
  quoted: `secret_key_base: "${secret}" # since 2024\n`,
  long: `${"# padding\n".repeat(7_000)}secret_key_base: ${secret}\n`,
  none: `smtp:\n  secret_key_base: ${secret}\n`,
};
const encrypted = new Map<string, string>();
beforeAll(async () => {
  const names = Object.keys(documents);
  (await encrypt(Object.values(documents))).forEach((text, index) => {
    encrypted.set(names[index] ?? "", text);
  });
});

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "signalbox-credentials-"));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}
const application = (name: keyof typeof documents) =>
  write("config/credentials.yml.enc", encrypted.get(name) ?? "");
const find = (environment: Record<string, string> = {}, development = true) =>
  findSecrets({ environment, root, development });

describe("in development, the secret of the credentials", () => {
  test.each(["asRailsNew", "quoted", "long"] as const)("is found: %s", (name) => {
    application(name);
    write("config/master.key", `${key}\n`);
    expect(find()).toEqual([secret]);
  });

  test("is opened with RAILS_MASTER_KEY", () => {
    application("asRailsNew");
    expect(find({ RAILS_MASTER_KEY: key })).toEqual([secret]);
  });

  test("is that of development's own credentials where there are any", () => {
    application("asRailsNew");
    write("config/master.key", key);
    write("config/credentials/development.yml.enc", encrypted.get("none") ?? "");
    write("config/credentials/development.key", key);
    expect(find()).toEqual([]);
  });

  test("is not looked for without a key, below another entry, or in production", () => {
    application("asRailsNew");
    expect(find()).toEqual([]);
    write("config/master.key", key);
    expect(find({}, false)).toEqual([]);
    application("none");
    expect(find()).toEqual([]);
  });

  test("another key, or what are no credentials, is an error that shows neither", () => {
    application("asRailsNew");
    write("config/master.key", "f".repeat(32));
    expect(() => find()).toThrow("config/credentials.yml.enc cannot be opened: its key");
    write("config/master.key", "hunter2");
    expect(() => find()).toThrow(/^config\/credentials\.yml\.enc cannot be read(?!.*hunter2)/);
    write("config/master.key", key);
    write("config/credentials.yml.enc", "a--b");
    expect(() => find()).toThrow("config/credentials.yml.enc cannot be read");
  });
});
