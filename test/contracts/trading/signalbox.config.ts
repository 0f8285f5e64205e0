import { defineConfig } from "signalbox";

export default defineConfig({
  schema: "schema",
  handlers: "handlers",
  gateway: "gateway.ts",
  outputs: {
    ruby: "generated/ruby/events.rb",
    rubyRuntime: "generated/signalbox",
    rbs: "generated/sig",
    client: "generated/client",
    server: "generated/server",
    docs: "generated/docs",
  },
});
