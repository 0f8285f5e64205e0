import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { publishKey, serverOf, startTestGateway, type TestGateway, thing } from "../gateway/fixture.js";
import { generateRuby, type RubyOutput, ruby } from "../support/ruby.js";

// Ruby without a single gem, and the gateway's own memory broker.
let output: RubyOutput;
let gateway: TestGateway;
let received: unknown[] = [];

beforeAll(async () => {
  output = await generateRuby("test/ruby/contract");
  const handlers = {
    on: { updated: (data: unknown, { id }: { id: string | null }) => received.push({ data, id }) },
  };
  gateway = await startTestGateway(serverOf([{ channel: thing, handlers }]));
});
afterEach(() => {
  received = [];
});
afterAll(async () => {
  await gateway.stop();
  await output.remove();
});

function publish(code: string, env: Readonly<Record<string, string>>) {
  const preamble = `
    require "./signalbox/signalbox"
    require "./app/events"
    Signalbox.configure { |c| c.timeout = 10 } # the machine may be busy
    begin
      ${code}
    rescue Signalbox::Error => error
      puts "#{error.class}: #{error.message}"
    end`;
  return ruby(["--disable-gems", "-w", "-e", preamble], {
    cwd: output.folder,
    env: { SIGNALBOX_URL: `http://127.0.0.1:${gateway.port}`, RACK_ENV: "production", ...env },
  });
}

test("what Ruby publishes reaches the gateway", async () => {
  const { stdout, stderr } = await publish('puts Events::Thing.updated!(user_id: 1, contents: "h\\u00e9")', {
    SIGNALBOX_PUBLISH_KEY: publishKey,
  });
  expect(stderr).toBe("");
  await expect
    .poll(() => received)
    .toEqual([{ data: { user_id: 1, contents: "h\u00e9" }, id: stdout.trim() }]);
});

test("a batch of more than one request's worth arrives whole and in order", async () => {
  const code =
    'puts Events.batch! { 2_500.times { |n| Events.publish "thing", { user_id: n, contents: "x" } } }.size';
  const { stdout } = await publish(code, { SIGNALBOX_PUBLISH_KEY: publishKey });
  expect(stdout.trim()).toBe("2500");
  await expect.poll(() => received.length).toBe(2_500);
  expect(received[2_499]).toMatchObject({ data: { user_id: 2_499 } });
});

test("a batch of more bytes than one request may have arrives whole and in order", async () => {
  // Six of nearly 1 MiB, each of which doubles inside the request: the gateway takes 4 MiB.
  const code =
    'puts Events.batch! { 6.times { |n| Events.publish "thing", { user_id: n, contents: "\\"" * 520_000 } } }.size';
  const { stdout } = await publish(code, { SIGNALBOX_PUBLISH_KEY: publishKey });
  expect(stdout.trim()).toBe("6");
  await expect.poll(() => received.length).toBe(6);
  expect(received[5]).toMatchObject({ data: { user_id: 5 } });
});

test("in development the key of `signalbox dev` is read from tmp/signalbox.key, and nowhere else", async () => {
  await mkdir(join(output.folder, "tmp"), { recursive: true });
  await writeFile(join(output.folder, "tmp/signalbox.key"), `${publishKey}\n`);
  const code = 'puts Events::Thing.updated!(user_id: 1, contents: "x")';
  await publish(code, { RACK_ENV: "development" });
  await expect.poll(() => received.length).toBe(1);

  const { stdout } = await publish(code, { RACK_ENV: "production" });
  expect(stdout).toContain("Signalbox::DeliveryError");
  expect(stdout).toContain("SIGNALBOX_PUBLISH_KEY");
  expect(received).toHaveLength(1);
});

test("a key that the gateway does not take", async () => {
  const { stdout } = await publish('Events::Thing.updated!(user_id: 1, contents: "x")', {
    SIGNALBOX_PUBLISH_KEY: "another key",
  });
  expect(stdout).toContain("Signalbox::DeliveryError");
  expect(stdout).toContain("401");
  expect(stdout).not.toContain("another key");
  expect(received).toEqual([]);
});

test("no gateway", async () => {
  const { stdout } = await publish('Events::Thing.updated!(user_id: 1, contents: "x")', {
    SIGNALBOX_URL: "http://127.0.0.1:1",
    SIGNALBOX_PUBLISH_KEY: publishKey,
  });
  expect(stdout).toContain("no gateway listens on 127.0.0.1:1");
});

test("an invalid payload is not sent", async () => {
  const { stdout } = await publish('Events::Thing.updated(user_id: "x", contents: "x")', {
    SIGNALBOX_PUBLISH_KEY: publishKey,
  });
  expect(stdout).toContain("Signalbox::ContractViolation");
  expect(stdout).toContain("user_id");
  expect(received).toEqual([]);
});
