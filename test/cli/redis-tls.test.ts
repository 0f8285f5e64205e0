import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { freePort } from "../../scripts/line/ports.mjs";
import { Browser } from "../gateway/browser.js";
import { type Certificate, type RedisServer, startRedis } from "../support/redis.js";
import { ruby } from "../support/ruby.js";
import { Project, Run } from "./project.js";

// Node reads NODE_EXTRA_CA_CERTS as it starts, so the gateway is a process of its own here.
vi.setConfig({ testTimeout: 60_000 });

const selfSigned = `
  key = OpenSSL::PKey::EC.generate("prime256v1")
  cert = OpenSSL::X509::Certificate.new
  cert.version = 2
  cert.serial = 1
  cert.subject = cert.issuer = OpenSSL::X509::Name.parse("/CN=localhost")
  cert.public_key = key
  cert.not_before = Time.now - 60
  cert.not_after = Time.now + 86_400
  names = OpenSSL::X509::ExtensionFactory.new.create_extension("subjectAltName", "DNS:localhost")
  cert.add_extension(names)
  cert.sign(key, "SHA256")
  File.write(ARGV.fetch(0), cert.to_pem)
  File.write(ARGV.fetch(1), key.to_pem)`;

let folder: string;
let tls: Certificate;
let redis: RedisServer;
let project: Project;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "signalbox-tls-"));
  tls = { certFile: join(folder, "cert.pem"), keyFile: join(folder, "key.pem") };
  const made = await ruby(["-ropenssl", "-e", selfSigned, tls.certFile, tls.keyFile]);
  expect(made.status, made.stderr).toBe(0);
  redis = await startRedis(tls);
  project = new Project();
});
afterAll(async () => {
  project.delete();
  await redis.stop();
  rmSync(folder, { recursive: true });
});

const environment = (url: string) => ({
  SECRET_KEY_BASE: "0f1e2d3c4b5a69788796a5b4c3d2e1f0".repeat(4),
  SESSION_KEY: "_app_session",
  REDIS_URL: url,
});

test("a gateway publishes and subscribes over TLS, with an authority of one's own", async () => {
  const port = await freePort();
  const run = new Run(project.root, ["dev", "--port", String(port)], {
    ...environment(redis.url),
    NODE_EXTRA_CA_CERTS: tls.certFile,
  });
  await run.says("The gateway is at");
  const page = await Browser.connect(port, { origin: "http://localhost:3000" });
  await page.subscribe("thing");
  await redis.publish("thing", '{"contents":"x"}');
  expect(await page.next("event")).toMatchObject({ event: "updated", data: { contents: "x" } });
  await run.stop("SIGINT");
});

test.each([
  [
    "signed by somebody unknown",
    (url: string) => url,
    "self-signed certificate: NODE_EXTRA_CA_CERTS names a file with the certificate of who has signed it",
    false,
  ],
  [
    "of another name",
    (url: string) => url.replace("localhost", "127.0.0.1"),
    "IP: 127.0.0.1 is not in the cert's list",
    true,
  ],
  ["that is not asked for", (url: string) => url.replace("rediss:", "redis:"), "ECONNRESET", false],
])("a certificate %s is an end with 1 and one sentence", async (_, urlOf, told, trusted) => {
  const port = await freePort();
  const env = { ...environment(urlOf(redis.url)), ...(trusted ? { NODE_EXTRA_CA_CERTS: tls.certFile } : {}) };
  const { code, stderr } = await new Run(project.root, ["dev", "--port", String(port)], env).ended;
  expect(stderr).toMatch(/^error: cannot reach Redis at rediss?:\/\/[\w.]+:\d+: .*\n$/);
  expect(stderr).toContain(told);
  expect(code).toBe(1);
});
