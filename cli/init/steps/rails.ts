import { join } from "node:path";
import { appendLines, commentsAbove, findLine, indentationOf, insertLines } from "../files/lines.js";
import { filesBelow, readIfFile } from "../files/read.js";
import type { ByHand, FileStep, Plan, Step } from "../step.js";

/** The Rails side: initializer, layout, import map. */
export function railsSteps(plan: Plan): readonly Step[] {
  return [
    initializerStep(plan),
    ...(plan.app.apiOnly ? [] : layoutSteps(plan)),
    ...(plan.javascript === "importmap" ? importmapSteps(plan.layout.outputs.client) : []),
  ];
}

function initializerStep({ layout }: Plan): FileStep {
  const path = "config/initializers/signalbox.rb";
  const { rubyModule, outputs } = layout;
  const require = `require Rails.root.join("${outputs.rubyRuntime}/signalbox").to_s`;
  const module = rubyModule === "Events" ? "" : `  config.events_module = "${rubyModule}"\n`;
  const content = `${require}

# What ${rubyModule} publishes through, and where pages find the gateway. Without a setting: the constant REDIS, else
# REDIS_URL, else in development the gateway that \`signalbox dev\` runs. All settings: docs/ruby.md of the package.
Signalbox.configure do |config|
${module}  # A Redis client of your own: a Redis, a RedisClient, or a pool of either.
  # config.redis = RedisClient.config(url: ENV["REDIS_URL"]).new_pool

  # Put before every Redis channel; SIGNALBOX_PREFIX does it as well. The gateway must have the same.
  # config.prefix = "shop:"

  # Where pages find the gateway in production, if not at /realtime of their own host; or SIGNALBOX_GATEWAY_URL.
  # config.gateway_url = "wss://realtime.example.com/realtime"
end
`;
  return {
    kind: "file",
    path,
    content,
    without: `Rails does not know ${rubyModule}`,
    edit(text) {
      if (text.includes(`${outputs.rubyRuntime}/signalbox`)) return text;
      const code = findLine(text, /^\s*[^\s#]/);
      return code < 0
        ? appendLines(text, [require])
        : insertLines(text, commentsAbove(text, code), [require, ""]);
    },
  };
}

const helper = "signalbox_meta_tags";
/** Not in a comment of ERB, HTML, Haml, Slim or Ruby. */
const callsHelper = new RegExp(`^(?!\\s*(?:<%#|<!--|-#|/|#)).*\\b${helper}\\b`, "m");

/** In the layout's head, by its neighbours; a view or component that has it already will do. */
function layoutSteps({ app }: Plan): readonly Step[] {
  const views = filesBelow(app.root, "app").filter((file) => /\.(?:erb|haml|slim|rb)$/.test(file));
  if (views.some((file) => callsHelper.test(readIfFile(join(app.root, file)) ?? ""))) return [];
  const path = "app/views/layouts/application.html.erb";
  const tag = `<%= ${helper} %>`;
  const byHand = (file: string, where: string, line = tag): ByHand => ({
    kind: "by hand",
    path: file,
    where,
    lines: [line],
  });
  if (!views.includes(path)) {
    const other = views.find((file) => /^app\/views\/layouts\/application(\.html)?\.(haml|slim)$/.test(file));
    return other === undefined
      ? [byHand("app/views/layouts", "in the head of the layout that your pages have")]
      : [byHand(other, "in the head, which is not ERB", `= ${helper}`)];
  }
  return [
    {
      kind: "file",
      path,
      content: null,
      without: "pages do not find the gateway",
      edit(text) {
        const at = ["csp_meta_tag", "csrf_meta_tags"]
          .map((name) => findLine(text, new RegExp(`^\\s*<%=\\s*${name}\\b.*%>\\s*$`)))
          .find((line) => line >= 0);
        if (at !== undefined) return insertLines(text, at + 1, [indentationOf(text, at) + tag]);
        const end = findLine(text, /^\s*<\/head>\s*$/);
        if (end < 0) return byHand(path, "in the head; it has no line </head> of its own");
        return insertLines(text, end, [`${indentationOf(text, end)}  ${tag}`]);
      },
    },
  ];
}

/** Folders whose files the asset pipeline finds by themselves. */
const assetFolders = /^(?:app\/javascript|vendor\/javascript|app\/assets\/javascripts)\//;

function importmapSteps(client: string | undefined): readonly Step[] {
  if (client === undefined) return [];
  const path = "config/importmap.rb";
  const pin = `pin "realtime", to: "${client.replace(assetFolders, "")}/realtime.js"`;
  const where = `with ${client} in config.assets.paths, where it is not yet`;
  return [
    {
      kind: "file",
      path,
      content: assetFolders.test(client) ? `${pin}\n` : null,
      without: 'pages cannot import { realtime } from "realtime"',
      edit(text) {
        if (/^\s*pin[ (]+["']realtime["']/m.test(text)) return text;
        return assetFolders.test(client)
          ? appendLines(text, [pin])
          : { kind: "by hand", path, where, lines: [pin] };
      },
    },
  ];
}
