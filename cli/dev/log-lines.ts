import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

/**
 * Passes a gateway's output on, its JSON log lines made readable: `12:01:02 info  listening port=8081`. Whatever else
 * handlers print stays as it is.
 */
export function passOn(output: Readable, print: (line: string) => void): void {
  createInterface({ input: output }).on("line", (line) => print(readable(line)));
}

function readable(line: string): string {
  const entry = parse(line);
  if (entry === null) return line;
  const { level, time, msg, error, ...fields } = entry;
  const said = Object.entries(fields).map(([name, value]) => `${name}=${textOf(value)}`);
  const head = `${String(time).slice(11, 19)} ${String(level).padEnd(5)} ${[msg, ...said].join(" ")}`;
  return error === undefined ? head : `${head}\n${stackOf(error)}`;
}

function parse(line: string): Readonly<Record<string, unknown>> | null {
  if (!line.startsWith('{"level":')) return null;
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function stackOf(error: unknown): string {
  const stack = typeof error === "object" && error !== null && "stack" in error ? error.stack : error;
  return textOf(stack).replace(/^/gm, "  ");
}
