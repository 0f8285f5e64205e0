import { posix } from "node:path";
import { filesBelow } from "../files/read.js";
import { type FileStep, keep, type Plan, type ProjectLayout } from "../step.js";
import { gatewayStep } from "./gateway.js";

/** The Node side: configuration, a first channel, the gateway. All of it becomes the user's own. */
export function contractSteps(plan: Plan): readonly FileStep[] {
  const { schema } = plan.layout;
  const hasContract = filesBelow(plan.app.root, schema).some((file) => file.endsWith(".ts"));
  const made = (path: string, content: string): FileStep => ({ kind: "file", path, content, edit: keep });
  return [
    made("signalbox.config.ts", configuration(plan)),
    ...(hasContract ? [] : [made(sampleFile(plan.layout), sampleChannel)]),
    gatewayStep(plan),
    ...typescriptSteps(plan),
  ];
}

/** The first channel; made only where there is no other. */
export function sampleFile({ schema }: ProjectLayout): string {
  return posix.join(schema, "thing.ts");
}

function configuration({ layout }: Plan): string {
  const { outputs, rubyModule } = layout;
  const lines = Object.entries(outputs).flatMap(([name, path]) =>
    path === undefined ? [] : [`    ${name}: ${JSON.stringify(path)},`],
  );
  return `import { defineConfig } from "signalbox";

// Where things are. \`npx signalbox codegen\` reads it; it opens nothing.
export default defineConfig({
  schema: ${JSON.stringify(layout.schema)},
  handlers: ${JSON.stringify(layout.handlers)},
  gateway: ${JSON.stringify(layout.gateway)},
${rubyModule === "Events" ? "" : `  rubyModule: ${JSON.stringify(rubyModule)},\n`}  outputs: {
${lines.join("\n")}
  },
});
`;
}

const sampleChannel = `import { channel } from "signalbox";
import { z } from "zod";

// A first channel, to be changed or replaced. Each file in this folder declares channels.
export const thing = channel("thing", {
  access: "public", // who may listen: "public" is everybody, "session" whoever is signed in
  delivery: "ephemeral",
  events: { updated: z.object({ contents: z.string().max(10_000) }) },
});
`;

/** Beside the contract and not in the application's root, where bundlers of pages would take it for theirs. */
function typescriptSteps({ layout }: Plan): readonly FileStep[] {
  const folder = typescriptFolder(layout);
  if (folder === null) return [];
  const path = posix.join(folder, "tsconfig.json");
  const up = posix.relative(folder, "signalbox.config.ts");
  const content = `{
  "compilerOptions": {
    "target": "ES2022",
    "module": "Preserve",
    "moduleResolution": "Bundler",
    "strict": true,
    "types": ["node"],
    "skipLibCheck": true,
    "noEmit": true
  },
  "include": ["**/*.ts", ${JSON.stringify(up)}]
}
`;
  return [{ kind: "file", path, content, edit: keep }];
}

/** Where the contract, the handlers and `gateway.ts` are, and so their `tsconfig.json`; `null`: another layout has its own. */
export function typescriptFolder({ gateway, schema }: ProjectLayout): string | null {
  const folder = posix.dirname(gateway);
  return folder === "." || posix.dirname(schema) !== folder ? null : folder;
}
