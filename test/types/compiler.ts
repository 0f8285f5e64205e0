import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const tsc7 = join(dirname(createRequire(import.meta.url).resolve("typescript-7/package.json")), "bin/tsc");

/** Source files of packages and of the standard library: they are the same for every program of a test. */
const parsed = new Map<string, ts.SourceFile | undefined>();

/** What TypeScript 6 says of a project, one line each; empty where it compiles. */
export function compileWith6(configFile: string): string[] {
  const { config } = ts.readConfigFile(configFile, ts.sys.readFile);
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, dirname(configFile));
  const host = ts.createCompilerHost(options);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (path, language, ...rest) => {
    if (!/node_modules|\/dist\//.test(path)) return getSourceFile(path, language, ...rest);
    if (!parsed.has(path)) parsed.set(path, getSourceFile(path, language, ...rest));
    return parsed.get(path);
  };
  const program = ts.createProgram(fileNames, options, host);
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const { file, start = 0, messageText } = diagnostic;
    const line = file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
    return `${file?.fileName.replace(repository, "") ?? ""}:${line} ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
}

/** The same with TypeScript 7, whose compiler is a program of its own. */
export function compileWith7(configFile: string): string[] {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [tsc7, "-p", configFile, "--pretty", "false"],
    {
      encoding: "utf8",
    },
  );
  const lines = `${stdout}${stderr}`.split("\n").filter((line) => line !== "");
  return status === 0 ? [] : lines;
}
