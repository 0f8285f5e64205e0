import { join } from "node:path";
import { withoutComments } from "../app/ruby-source.js";
import { readIfFile } from "../files/read.js";
import type { Plan, Step } from "../step.js";

const path = "config/initializers/content_security_policy.rb";

/** A policy is nobody's but the application's: what an active one lacks for the gateway is told. */
export function securityPolicySteps({ app }: Plan): readonly Step[] {
  const source = withoutComments(readIfFile(join(app.root, path)) ?? "");
  if (!/\bcontent_security_policy\s+do\b/.test(source)) return [];
  const connect = /^.*\bpolicy\.connect_src\b.*$/m.exec(source)?.[0];
  const isOpen = connect === undefined && !/\bpolicy\.default_src\b/.test(source);
  if (
    isOpen ||
    /\bws:|wss:|:ws\b|:wss\b|signalbox/.test(source.match(/^.*connect_src.*$/gm)?.join("\n") ?? "")
  )
    return [];
  return [
    {
      kind: "by hand",
      path,
      where: `${connect === undefined ? "in the policy" : "after its connect_src"}: it does not let pages connect to the gateway`,
      lines: [
        connect === undefined
          ? 'policy.connect_src :self, *("ws://localhost:8081" if Rails.env.development?)'
          : 'policy.connect_src *policy.connect_src, "ws://localhost:8081" if Rails.env.development?',
        "# In production :self is enough where the gateway is under the application's own host; else add wss://its.host.",
      ],
    },
  ];
}
