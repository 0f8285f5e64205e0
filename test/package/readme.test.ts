/** What README says that a user writes: it generates, it compiles, and Ruby publishes with it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Project, signalbox } from "../cli/project.js";
import { root, ruby, run } from "../support/ruby.js";

const readme = readFileSync(join(root, "README.md"), "utf8");

function blocks(language: string): readonly string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, "gms"))].map(
    ([, text]) => text ?? "",
  );
}

/** What README's lines take from the application around them. */
const around = `
declare function canRead(user: { readonly id: string } | null, roomId: number): Promise<boolean>;
declare function save(draft: { readonly body: string }): Promise<{ id: string; author: string; body: string }>;
declare const list: HTMLElement;
`;

const tsconfig = {
  compilerOptions: {
    target: "ES2022",
    module: "NodeNext",
    lib: ["ES2023", "DOM"],
    types: [],
    strict: true,
    noEmit: true,
    paths: { realtime: ["./app/javascript/realtime/realtime.d.ts"] },
  },
  include: ["realtime", "page.ts", "around.d.ts", "signalbox.config.ts"],
};

let project: Project;

beforeAll(async () => {
  project = new Project();
  for (const sample of ["schema", "handlers", "gateway.ts"]) project.remove(sample);
  for (const text of blocks("ts")) {
    const [, file] = /^\/\/ (\S+)$/m.exec(text) ?? [];
    if (file === undefined) throw new Error(`README does not say which file this is:\n${text}`);
    project.write(file, text);
  }
  project.write("page.ts", blocks("js").join("\n"));
  project.write("around.d.ts", around);
  project.write("tsconfig.json", JSON.stringify(tsconfig));

  const generated = await signalbox(project.root, ["codegen"]);
  expect(generated, generated.stderr).toMatchObject({ code: 0 });
});

afterAll(() => project?.delete());

test("README's TypeScript compiles against what README's contract generates", async () => {
  const compiled = await run(process.execPath, [join(root, "node_modules/typescript/lib/tsc.js")], {
    cwd: project.root,
  });

  expect(compiled).toMatchObject({ status: 0, stdout: "" });
}, 120_000);

test("README's Ruby publishes what README's contract generates", async () => {
  const calls = blocks("ruby").join("");
  const code = `
    Signalbox.configure { |c| c.transport = :test }
    ${calls}
    puts Signalbox.transport.messages.map(&:channel)
  `;
  const required = ["./vendor/signalbox/signalbox", "./app/events/events"].map((file) => `-r${file}`);
  const ran = await ruby([...required, "-e", code], { cwd: project.root });

  expect(ran, ran.stderr).toMatchObject({ status: 0, stdout: "room:1\nthing\n" });
});
