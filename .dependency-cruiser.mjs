// The borders of docs/design.md §3, as rules. `npm run borders` checks them (scripts/borders.mjs).

/** @param {string} name @param {string} comment @param {object} from @param {object} to */
const forbid = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

/**
 * What a folder may import of this repository; of npm and Node, see the rules below.
 * @param {string} folder @param {readonly string[]} allowed
 */
const only = (folder, allowed) =>
  forbid(
    `${folder}-imports-only`,
    `${folder} may import ${allowed.length > 0 ? allowed.join(", ") : "nothing else of ours"} (docs/design.md §3).`,
    { path: `^${folder}/` },
    {
      path: "^(bin|bench|cli|codegen|dist|examples|generated|handlers|runtime|schema|scripts|test)/|^[^/]+\\.ts$",
      pathNot: [folder, ...allowed].map((path) => `^${path}(/|\\.)`),
    },
  );

/** The packed entry points: what `signalbox/…` resolves to, as users reach it. */
const publicSpecifiers = ["contract", "gateway", "client", "auth", "testing"].map(
  (folder) => `dist/runtime/${folder}/index`,
);

/**
 * An npm package that only these files may import.
 * @param {string} name @param {readonly string[]} folders
 */
const fenced = (name, folders) =>
  forbid(
    `${name.replace(/\W/g, "-")}-is-fenced`,
    `${name} is imported by ${folders.join(", ")} only.`,
    { path: "^(runtime|codegen|cli)/", pathNot: folders.map((folder) => `^${folder}`) },
    { path: `node_modules/${name}/` },
  );

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    forbid(
      "no-cycle",
      "Modules do not need each other to be loaded.",
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    ),
    forbid("resolvable", "What is imported exists.", {}, { couldNotResolve: true }),
    forbid(
      "declared",
      "What ships imports only what package.json declares for those who install it.",
      { path: "^(runtime|codegen|cli|bin)/" },
      {
        dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"],
        dependencyTypesNot: ["npm-peer", "type-only"],
      },
    ),

    only("schema", publicSpecifiers),
    only("handlers", [...publicSpecifiers, "schema", "generated/server"]),
    only("generated", [...publicSpecifiers, "schema", "handlers", "gateway"]),

    only("runtime/contract", []),
    only("runtime/protocol", []),
    only("runtime/auth", ["runtime/contract"]),
    only("runtime/broker", ["runtime/protocol"]),
    only("runtime/gateway", ["runtime/contract", "runtime/protocol", "runtime/auth", "runtime/broker"]),
    only("runtime/client", ["runtime/protocol"]),
    only("runtime/testing", ["runtime"]),
    only("codegen/model", ["codegen/diagnostics", "codegen/regex"]),
    only("codegen/regex", []),
    only("codegen/diagnostics", []),
    only("codegen/load", [
      "codegen/model",
      "codegen/diagnostics",
      "codegen/package-root",
      "codegen/regex",
      "runtime/contract",
    ]),
    only("codegen/printers", ["codegen/model", "codegen/regex", "codegen/package-root"]),
    only("codegen/emit", ["codegen/diagnostics"]),
    only("codegen/compat", ["codegen/model", "codegen/diagnostics"]),
    only("codegen", ["runtime/contract", "runtime/protocol"]),
    only("cli", ["codegen", "runtime"]),

    forbid(
      "client-runs-in-browsers",
      "The browser client imports no package and nothing of Node.",
      { path: "^runtime/(client|protocol)/" },
      { dependencyTypes: ["core", "npm", "npm-dev", "npm-peer"] },
    ),
    forbid(
      "contract-is-pure",
      "A contract opens nothing: zod is all that it imports, and of Node it may hash.",
      { path: "^runtime/contract/" },
      { dependencyTypes: ["core", "npm", "npm-dev"], pathNot: "node_modules/zod/|^(node:)?crypto$" },
    ),
    forbid(
      "model-is-pure",
      "The model is plain data; of Node it may hash, and it parses regular expressions.",
      { path: "^codegen/model/" },
      {
        dependencyTypes: ["core", "npm", "npm-dev", "npm-peer"],
        pathNot: "^(node:)?crypto$|node_modules/@eslint-community/regexpp/",
      },
    ),
    fenced("ts-morph", ["codegen/printers/typescript/", "codegen/load/source-property"]),
    fenced("handlebars", ["codegen/printers/ruby/"]),
    fenced("esbuild", ["codegen/load/", "cli/"]),
    fenced("chokidar", ["codegen/emit/", "cli/"]),
    fenced("commander", ["cli/"]),
    fenced("redis", ["runtime/broker/"]),
    fenced("(primus|ws|prom-client|pino)", ["runtime/gateway/"]),
    fenced("zod", ["runtime/contract/", "runtime/gateway/", "codegen/load/"]),
  ],
  options: {
    // Type imports are imports: they are what ties folders together.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "(^|/)(node_modules|dist)/" },
    exclude: { path: "/fixtures/" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default"] },
  },
};
