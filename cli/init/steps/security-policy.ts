import { join } from "node:path";
import { withoutComments } from "../app/ruby-source.js";
import { readIfFile } from "../files/read.js";
import type { Plan, Step } from "../step.js";

const path = "config/initializers/content_security_policy.rb";
const sources = "-> { Signalbox.connect_sources(self) }";

/** A policy is nobody's but the application's: where an active one lacks the gateway, the line is told. */
export function securityPolicySteps({ app }: Plan): readonly Step[] {
  const source = withoutComments(readIfFile(join(app.root, path)) ?? "");
  if (!/\bcontent_security_policy\s+do\b/.test(source) || source.includes("Signalbox.connect_sources"))
    return [];
  const connect = argumentsOf("connect_src", source);
  const allowed = connect ?? argumentsOf("default_src", source);
  if (allowed === undefined) return [];
  const where = connect === undefined ? "in the policy" : "in the place of its connect_src";
  return [
    {
      kind: "by hand",
      path,
      where: `${where}, or pages cannot connect to the gateway`,
      lines: [`policy.connect_src ${allowed === ":none" ? sources : `${allowed}, ${sources}`}`],
    },
  ];
}

/** What a directive is given, on its own line. */
function argumentsOf(directive: string, source: string): string | undefined {
  return new RegExp(`\\.${directive}[ \\t(]+([^\\n#)]*[^\\s#,)])`).exec(source)?.[1];
}
