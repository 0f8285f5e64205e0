import { z } from "zod";
import { probeDigest } from "../contract/probes.js";
import { type ChannelType, channelType, paramsOf } from "./channel-type.js";
import type { Params, Server, ServerChannel } from "./definition.js";
import { StartError } from "./errors.js";

/** A concrete channel of the contract. */
export interface ResolvedChannel {
  readonly name: string;
  readonly type: ChannelType;
  readonly params: Params;
}

/** The whole contract, ready to run. */
export interface CompiledContract {
  readonly fingerprint: string;
  readonly types: readonly ChannelType[];
  readonly hasPublicChannel: boolean;
  /** The channel of this concrete name, or `null` where the contract has none. */
  resolve(name: string): ResolvedChannel | null;
  /** The type whose pattern a browser's name fits, `@me` allowed where it belongs, whoever asks. */
  requestedType(name: string): ChannelType | null;
}

/** @throws StartError naming everything that this gateway cannot do for the contract */
export function compileContract(server: Server): CompiledContract {
  const problems = [...zodProblems(server), ...server.channels.flatMap(problemsOf)];
  if (problems.length > 0) throw new StartError(problems.join("\n"), { inCode: true });
  const types = server.channels.flatMap((declared) => {
    const { access } = declared.channel.options;
    return access === "signed" ? [] : [channelType(declared, access)];
  });
  const withoutParameters = new Map(
    types.filter((type) => type.parameters.length === 0).map((type) => [type.pattern, type]),
  );
  const withParameters = types.filter((type) => type.parameters.length > 0);

  return {
    fingerprint: server.fingerprint,
    types,
    hasPublicChannel: types.some((type) => type.access === "public"),
    resolve(name) {
      const exact = withoutParameters.get(name);
      if (exact !== undefined) return { name, type: exact, params: noParams };
      for (const type of withParameters) {
        const params = paramsOf(type, name);
        if (params !== null) return { name, type, params };
      }
      return null;
    },
    requestedType(name) {
      return withoutParameters.get(name) ?? withParameters.find((type) => type.fits(name)) ?? null;
    },
  };
}

const noParams: Params = Object.freeze({});

/** Another version of zod is fine as long as it judges alike: else browsers, Ruby and gateway would disagree. */
function zodProblems({ zodProbes, zodVersion }: Server): readonly string[] {
  if (zodProbes === probeDigest(z)) return [];
  return [
    `the contract was generated with zod ${zodVersion}, and the installed zod gives other verdicts: run signalbox codegen`,
  ];
}

/** Nothing that is declared is silently not done: what this gateway has not got yet is refused by name. */
function problemsOf({ channel, handlers, identifier }: ServerChannel): readonly string[] {
  const { pattern, options } = channel;
  const problems: string[] = [];
  const notYet = (feature: string) =>
    problems.push(`channel ${pattern}: ${feature} is not supported by this gateway yet`);
  if (options.delivery !== "ephemeral") notYet(`delivery "${options.delivery}"`);
  if (options.access === "signed") notYet('access "signed"');
  if (options.presence !== undefined) notYet("presence");

  const file = `handlers/${identifier}`;
  if (options.access === "custom" && typeof handlers?.authorize !== "function") {
    problems.push(`channel ${pattern}: access is "custom", but ${file} has no authorize`);
  }
  for (const command of Object.keys(options.commands ?? {})) {
    if (typeof ownValue(handlers?.commands, command) !== "function") {
      problems.push(`channel ${pattern}: ${file} has no handler of the command ${command}`);
    }
  }
  for (const command of Object.keys(handlers?.commands ?? {})) {
    if (!Object.hasOwn(options.commands ?? {}, command)) {
      problems.push(
        `channel ${pattern}: ${file} handles ${command}, which is no command of the contract: ${thereAre(options.commands)}`,
      );
    }
  }
  for (const event of Object.keys(handlers?.on ?? {})) {
    if (!Object.hasOwn(options.events ?? {}, event)) {
      problems.push(
        `channel ${pattern}: ${file} listens to ${event}, which is no event of the contract: ${thereAre(options.events)}`,
      );
    } else if (typeof ownValue(handlers?.on, event) !== "function") {
      problems.push(`channel ${pattern}: ${file} listens to ${event} with what is no function`);
    }
  }
  return problems;
}

function thereAre(names: object = {}): string {
  return `there is ${Object.keys(names).join(", ") || "none"}`;
}

function ownValue(of: object | undefined, name: string): unknown {
  return of !== undefined && Object.hasOwn(of, name) ? Reflect.get(of, name) : undefined;
}
