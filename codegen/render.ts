import { posix } from "node:path";
import type { SignalboxConfig } from "../runtime/contract/config.js";
import type { Assets } from "./assets.js";
import { bannerText } from "./emit/banner.js";
import type { GeneratedFile } from "./emit/plan.js";
import type { ChannelNode, ContractNode } from "./model/nodes.js";
import { clientScript } from "./printers/typescript/client-script.js";

/** All that a rendering depends on. */
export interface RenderInput {
  readonly contract: ContractNode;
  readonly config: SignalboxConfig;
  /** Which files there are in the handlers' folder, by name: `room.ts`. */
  readonly handlerFiles: ReadonlySet<string>;
  readonly assets: Assets;
}

/** Model → files. Pure: it reads and writes nothing, and the same input gives the same bytes everywhere. */
export async function render(input: RenderInput): Promise<readonly GeneratedFile[]> {
  const { outputs } = input.config;
  const printed = await Promise.all([
    outputs.ruby === undefined ? [] : renderRuby(input, outputs.ruby),
    outputs.rbs === undefined ? [] : renderSignatures(input, outputs.rbs),
    outputs.rubyRuntime === undefined ? [] : within(outputs.rubyRuntime, input.assets.rubyRuntime),
    outputs.server === undefined ? [] : renderServer(input, outputs.server),
    outputs.client === undefined ? [] : renderClient(input, outputs.client),
    outputs.docs === undefined ? [] : renderDocs(input, outputs.docs),
  ]);
  return printed.flat();
}

/** A channel whose handler file must be there: something in it is not optional. */
export function needsHandlers(channel: ChannelNode): boolean {
  return channel.access === "custom" || channel.commands.length > 0;
}

async function renderRuby(input: RenderInput, path: string): Promise<GeneratedFile[]> {
  const { printEvents } = await import("./printers/ruby/events.js");
  return [{ path, content: printEvents(input.contract, rubyOptions(input.config)) }];
}

async function renderSignatures(input: RenderInput, folder: string): Promise<GeneratedFile[]> {
  const { printRbs } = await import("./printers/ruby/rbs.js");
  const { ruby = "events.rb" } = input.config.outputs;
  const content = printRbs(input.contract, rubyOptions(input.config));
  const file = { path: `${posix.basename(ruby, ".rb")}.rbs`, content };
  return within(folder, [file, ...input.assets.rubySignatures]);
}

function rubyOptions(config: SignalboxConfig) {
  return { moduleName: config.rubyModule ?? "Events", sourceFiles: [posix.join(config.schema, "/")] };
}

async function renderDocs(input: RenderInput, folder: string): Promise<GeneratedFile[]> {
  const { printAsyncApi } = await import("./printers/asyncapi/document.js");
  const { printReference } = await import("./printers/docs/reference.js");
  const banner = bannerText(posix.join(input.config.schema, "/"));
  const linkTo = (file: string) => encodeURI(posix.relative(folder, file));
  return within(folder, [
    { path: "contract.md", content: printReference(input.contract, { banner, linkTo }) },
    { path: "asyncapi.json", content: printAsyncApi(input.contract, { title: "Realtime contract", banner }) },
  ]);
}

function within(folder: string, files: readonly GeneratedFile[]): GeneratedFile[] {
  return files.map(({ path, content }) => ({ path: posix.join(folder, path), content }));
}

async function renderServer(input: RenderInput, folder: string): Promise<GeneratedFile[]> {
  const { printServer } = await import("./printers/typescript/index.js");
  const { contract, config, handlerFiles, assets } = input;
  const moduleOf = (file: string) => moduleSpecifier(folder, file);
  const texts = printServer(
    contract,
    {
      gateway: moduleOf(config.gateway),
      schema: (channel) => moduleOf(channel.source.file),
      handlers: (channel) => {
        const file = `${channel.identifier}.ts`;
        if (!needsHandlers(channel) && !handlerFiles.has(file)) return null;
        return moduleOf(posix.join(config.handlers, file));
      },
    },
    assets.clientTypes,
  );
  const banner = typescriptBanner(config.schema);
  return Object.entries(texts).map(([name, text]) => ({
    path: posix.join(folder, `${name}.ts`),
    content: banner + text,
  }));
}

async function renderClient(input: RenderInput, folder: string): Promise<GeneratedFile[]> {
  const { printClientDeclarations } = await import("./printers/typescript/index.js");
  const { contract, config, assets } = input;
  const banner = typescriptBanner(config.schema);
  const file = (name: string, text: string) => ({ path: posix.join(folder, name), content: banner + text });
  return [
    file("realtime.js", clientScript(contract, assets.clientCore)),
    file("realtime.d.ts", printClientDeclarations(contract, assets.clientTypes)),
    {
      path: posix.join(folder, "primus.js"),
      content: `// ${bannerText("the Primus package (MIT licence)")}\n${assets.primus}`,
    },
  ];
}

function typescriptBanner(schema: string): string {
  return `// ${bannerText(posix.join(schema, "/"))}\n/* eslint-disable */\n\n`;
}

/** How a file in `folder` imports `file`: relative, with the extension that it has once it is compiled. */
export function moduleSpecifier(folder: string, file: string): string {
  const path = posix.relative(folder, file).replace(/\.([cm]?)tsx?$/, ".$1js");
  return path.startsWith("../") ? path : `./${path}`;
}
