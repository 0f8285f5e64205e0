/** What codegen puts at the head of every generated client. */
import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { transform } from "esbuild";
import { describe, expect, it } from "vitest";

const core = await readFile(new URL("../../dist/client-core.js", import.meta.url), "utf8");

describe("dist/client-core.js", () => {
  it("is at most 5 kB, minified and compressed", async () => {
    const { code } = await transform(core, { minify: true, format: "esm", target: "es2022" });
    expect(gzipSync(code).length).toBeLessThanOrEqual(5_000);
  });

  it("imports nothing and exports the two names that generated code uses", async () => {
    expect(core).not.toMatch(/^\s*import\b|\bimport\(|\brequire\(/m);
    const exported: object = await import(`data:text/javascript,${encodeURIComponent(core)}`);
    expect(Object.keys(exported).sort()).toEqual(["RealtimeError", "createRealtime"]);
  });

  it("needs no leave of a Content-Security-Policy and costs no page the back/forward cache", () => {
    expect(core).not.toMatch(/\beval\b|new Function|innerHTML|beforeunload|["'`]unload/);
  });
});
