import { createLog } from "signalbox/gateway";
import { expect, test } from "vitest";

function linesOf(
  write: (log: ReturnType<typeof createLog>) => void,
  level: "info" | "warn" = "info",
): unknown[] {
  const lines: string[] = [];
  write(createLog(level, { write: (line) => lines.push(line) }));
  return lines.map((line) => JSON.parse(line));
}

test("lines are JSON with a level and a time, and a child's fields are on each of its own", () => {
  const lines = linesOf((log) => {
    log.child({ connection: "c1" }).info({ n: 1 }, "hello");
    log.debug({}, "not at this level");
  });
  expect(lines).toEqual([
    {
      level: "info",
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      connection: "c1",
      n: 1,
      msg: "hello",
    },
  ]);
});

test("an error is told with its stack, whatever it is called by", () => {
  const [line] = linesOf((log) => log.error({ error: new TypeError("no") }, "failed"));
  expect(line).toMatchObject({
    error: { type: "TypeError", message: "no", stack: expect.stringContaining("log.test") },
  });
});

test("what handlers call a secret is not told", () => {
  const secrets = { cookie: "hunter2", authorization: "hunter2", password: "hunter2", token: "hunter2" };
  const lines = linesOf((log) => {
    log.info({ ...secrets, request: { headers: secrets, ...secrets }, harmless: "seen" }, "hello");
  });
  expect(JSON.stringify(lines)).not.toContain("hunter2");
  expect(lines).toMatchObject([{ cookie: "[redacted]", harmless: "seen" }]);
});
